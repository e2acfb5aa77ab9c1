using System.Buffers.Text;
using System.Text;
using BulkSms.Api;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Broadcasts;

public sealed class RecipientCursorTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_= \n+/";

    [Theory]
    [InlineData(0, null)]
    [InlineData(0, Key)]
    [InlineData(9, Key)]
    [InlineData(15, null)]
    public void TryParse_WhatWeHandedOut_ComesBack(int shard, string? after)
    {
        var cursor = new RecipientCursor(shard, after);

        Assert.True(RecipientCursor.TryParse(cursor.ToString(), out var read));
        Assert.Equal(cursor, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void TryParse_Nothing_IsTheStart(string? text)
    {
        Assert.True(RecipientCursor.TryParse(text, out var cursor));
        Assert.Equal(new RecipientCursor(0, null), cursor);
    }

    [Theory]
    [InlineData("16." + Key)]
    [InlineData("-1." + Key)]
    [InlineData("+1." + Key)]
    [InlineData(" 1." + Key)]
    [InlineData("4294967296." + Key)]
    [InlineData("99999999999." + Key)]
    [InlineData("." + Key)]
    [InlineData("0")]
    [InlineData("0.." + Key)]
    [InlineData("0.x")]
    [InlineData("0.' or 1 eq 1")]
    [InlineData("0." + Key + "0")]
    [InlineData("٣." + Key)]
    public void TryParse_OtherContent_IsRefused(string content) =>
        Assert.False(RecipientCursor.TryParse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content)), out _));

    [Theory]
    [InlineData("!")]
    [InlineData("A")]
    [InlineData("é")]
    [InlineData("MC4=x")]
    [InlineData("MC4+/")]
    public void TryParse_NotBase64Url_IsRefused(string text) => Assert.False(RecipientCursor.TryParse(text, out _));

    [Fact]
    public void TryParse_LongText_IsRefused() => Assert.False(RecipientCursor.TryParse(new string('A', 1_000_000), out _));

    [Property(MaxTest = 500)]
    public bool TryParse_AnyText_NeverThrows(string? text) => Answers(text);

    [Property(MaxTest = 1000)]
    public Property TryParse_AnyNearlyBase64_NeverThrows() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.Elements(Alphabet.ToCharArray())).Select(characters => new string(characters))),
        Answers);

    private static bool Answers(string? text) => RecipientCursor.TryParse(text, out var cursor) || cursor == default;
}
