using System.Text.Json;
using BulkSms.Broadcasts;
using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Broadcasts;

public sealed class RecipientLinesTests
{
    private static readonly Addressee Ada = new("+15550001111", "Hi Ada \"é😀\"\r\n,", 2);

    [Fact]
    public void Write_NumberOrText_IsAsItStaysReadable()
    {
        Assert.Equal("+15550001111", RecipientLines.Write(new("+15550001111")));
        Assert.Equal("""{"v":1,"to":"+15550001111","text":"Hi Ada \"é\uD83D\uDE00\"\r\n,","segments":2}""", RecipientLines.Write(Ada));
    }

    [Theory]
    [InlineData("+15550001111,+15550002222", 2)]
    [InlineData("", 0)]
    public void Split_NumbersInARow_AreRead(string row, int count) => Assert.Equal(count, RecipientLines.Split(row).Count);

    [Fact]
    public void Read_NewerVersion_IsRefused() =>
        Assert.Throws<JsonException>(() => RecipientLines.Read("""{"v":2,"to":"+15550001111","text":"Hi","segments":1}"""));

    [Property]
    public Property Split_WhatWasJoined_ComesBack() => Prop.ForAll(Arb.From(Lists), list => RecipientLines.Split(RecipientLines.Join(list)).SequenceEqual(list));

    [Property]
    public Property ReadAsync_WhatWasWritten_ComesBackFromAnyRecipientOn() => Prop.ForAll(
        Arb.From(from list in Lists from at in Gen.Choose(0, 5) select (list, at)),
        each => ReadBackAsync(each.list, each.at).GetAwaiter().GetResult().SequenceEqual(each.list.Skip(each.at)));

    [Theory]
    [InlineData(200, true)]
    [InlineData(100, false)]
    public void FitIn_Limit_CountsCharacters(int limit, bool expected) => Assert.Equal(expected, RecipientLines.FitIn(limit, [Ada, Ada]));

    private static Gen<Addressee[]> Lists => Gen.OneOf(
        Gen.ArrayOf(Gen.Choose(0, 9999).Select(i => new Addressee($"+1555000{i:0000}"))),
        Gen.ArrayOf(
            from i in Gen.Choose(0, 9999)
            from text in Gen.NonEmptyListOf(Gen.Elements("a", "\n", "\r", "\"", "\u2028", "😀", ",", "{", "é"))
            select new Addressee($"+1555000{i:0000}", string.Concat(text), text.Count)));

    private static async Task<List<Addressee>> ReadBackAsync(Addressee[] list, int from)
    {
        using var stream = new MemoryStream();
        await RecipientLines.WriteAsync(stream, list);
        stream.Position = 0;
        return await RecipientLines.ReadAsync(stream, from, default).ToListAsync();
    }
}
