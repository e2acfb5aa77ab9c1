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
    public void Write_NumberTextOrMore_IsAsItStaysReadable()
    {
        var next = 0;
        Assert.Equal("+15550001111", RecipientLines.Write(new("+15550001111"), ref next));
        Assert.Equal("+15550001111 7", RecipientLines.Write(new("+15550001111") { Place = 7 }, ref next));
        Assert.Equal("+15550001111", RecipientLines.Write(new("+15550001111") { Place = 8 }, ref next));
        Assert.Equal("""{"v":2,"to":"+15550001111","text":"Hi Ada \"é\uD83D\uDE00\"\r\n,","segments":2,"place":0}""", RecipientLines.Write(Ada, ref next));
        Assert.Equal(
            """{"v":2,"to":"+15550001111","place":3,"written":"(555) 000-1111","reference":"A-17","data":"{\"name\":\"Ada\"}","copy":1}""",
            RecipientLines.Write(new("+15550001111") { Place = 3, Written = "(555) 000-1111", Reference = "A-17", Data = """{"name":"Ada"}""", Copy = 1 }, ref next));
    }

    [Fact]
    public void Split_ListOfTheFirstVersion_IsRead()
    {
        Assert.Equal([new("+15550001111") { Place = 0 }, new("+15550002222") { Place = 1 }], RecipientLines.Split("+15550001111,+15550002222"));
        Assert.Equal(
            [new("+15550001111", "Hi", 1) { Place = 0 }, new("+15550002222", "Ho", 1) { Place = 1 }],
            RecipientLines.Split("""
                {"v":1,"to":"+15550001111","text":"Hi","segments":1}
                {"v":1,"to":"+15550002222","text":"Ho","segments":1}
                """.ReplaceLineEndings("\n")));
    }

    [Theory]
    [InlineData("+15550001111,+15550002222", 2)]
    [InlineData("", 0)]
    public void Split_NumbersInARow_AreRead(string row, int count) => Assert.Equal(count, RecipientLines.Split(row).Count);

    [Fact]
    public void Read_NewerVersion_IsRefused() =>
        Assert.Throws<JsonException>(() => RecipientLines.Split("""{"v":4,"to":"+15550001111","text":"Hi","segments":1}"""));

    [Fact]
    public void Split_AnErasedPersonAmongOthers_ComesBackAndKeepsTheOthersPlaces()
    {
        var erased = new Addressee("") { Erased = new(7, new string('a', 32), "MX") };
        Addressee[] list = [new("+15550001111") { Place = 0 }, erased, new("+15550002222") { Place = 2 }];
        var next = 0;

        Assert.Equal("""{"v":3,"to":"","place":0,"erased":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","shard":7,"country":"MX"}""", RecipientLines.Write(erased, ref next));
        Assert.Equal(list, RecipientLines.Split(RecipientLines.Join(list)));
        Assert.Equal([erased], RecipientLines.Split(RecipientLines.Join([erased])));
    }

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

    private static readonly Gen<string> Texts = Gen.NonEmptyListOf(Gen.Elements("a", "\n", "\r", "\"", "\u2028", "😀", ",", "{", "é")).Select(string.Concat);

    private static readonly Gen<Addressee> Bare = from i in Gen.Choose(0, 9999) from place in Gen.Choose(0, 20) select new Addressee($"+1555000{i:0000}") { Place = place };

    private static readonly Gen<Addressee> Personal = from bare in Bare from text in Texts select bare with { Text = text, Segments = text.Length };

    private static readonly Gen<Addressee> Full =
        from personal in Personal
        from written in Texts
        from reference in Texts
        from data in Texts
        from copy in Gen.Choose(0, 3)
        select personal with { Written = written, Reference = reference, Data = data, Copy = copy };

    private static Gen<Addressee[]> Lists => Gen.OneOf(Gen.ArrayOf(Bare), Gen.ArrayOf(Personal), Gen.ArrayOf(Gen.OneOf(Bare, Personal, Full)));

    private static async Task<List<Addressee>> ReadBackAsync(Addressee[] list, int from)
    {
        using var stream = new MemoryStream();
        await RecipientLines.WriteAsync(stream, list);
        stream.Position = 0;
        return await RecipientLines.ReadAsync(stream, from, default).ToListAsync();
    }
}
