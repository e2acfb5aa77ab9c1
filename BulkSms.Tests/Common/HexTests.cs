using BulkSms.Common;

namespace BulkSms.Tests.Common;

public sealed class HexTests
{
    [Theory]
    [InlineData("0123456789abcdef", 16, true)]
    [InlineData("", 0, true)]
    [InlineData("0123456789ABCDEF", 16, false)]
    [InlineData("abc", 4, false)]
    [InlineData("abcde", 4, false)]
    [InlineData("abcg", 4, false)]
    [InlineData("abc\n", 4, false)]
    [InlineData("abc\0", 4, false)]
    [InlineData("ab٣d", 4, false)]
    [InlineData("abｃd", 4, false)]
    [InlineData("", 4, false)]
    [InlineData(null, 4, false)]
    [InlineData(null, 0, false)]
    public void IsLower_Text_IsSmallHexadecimalOfThatLength(string? text, int length, bool expected) => Assert.Equal(expected, Hex.IsLower(text, length));

    [Theory]
    [InlineData("0123456789abcdef", 16, true)]
    [InlineData("0123456789ABCDEF", 16, true)]
    [InlineData("aBc", 4, false)]
    [InlineData("abcG", 4, false)]
    [InlineData("abc ", 4, false)]
    [InlineData("", 4, false)]
    public void IsAny_Text_IsHexadecimalOfThatLength(string text, int length, bool expected) => Assert.Equal(expected, Hex.IsAny(text, length));

    [Fact]
    public void IsLower_EveryCharacter_IsExactlyTheSixteen() => Assert.Equal(
        "0123456789abcdef",
        string.Concat(Enumerable.Range(0, 0x10000).Select(c => ((char)c).ToString()).Where(text => Hex.IsLower(text, 1))));
}
