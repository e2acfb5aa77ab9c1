using System.Text;
using BulkSms.Common;
using FsCheck.Xunit;

namespace BulkSms.Tests.Common;

public sealed class DecompositionTests
{
    [Theory]
    [InlineData("STOP", "STOP")]
    [InlineData("ê", "e\u0302")]
    [InlineData("e\u0302", "e\u0302")]
    [InlineData("ＳＴＯＰ", "STOP")]
    [InlineData("𝐒𝐓𝐎𝐏", "STOP")]
    [InlineData("Ⓢⓣ①", "St1")]
    [InlineData("ﬁn…", "fin...")]
    [InlineData("\u00A0", " ")]
    [InlineData("ừ", "u\u0300\u031B")]
    [InlineData("u\u031B\u0300", "u\u0300\u031B")]
    [InlineData("ｽﾄｯﾌﾟ", "ストッフ\u309A")]
    [InlineData("각", "\u1100\u1161\u11A8")]
    [InlineData("가", "\u1100\u1161")]
    [InlineData("힣", "\u1112\u1175\u11C2")]
    [InlineData("ﷺ", "صلى الله عليه وسلم")]
    [InlineData("", "")]
    public void Of_Text_IsItsCompatibilityDecomposition(string text, string expected) => Assert.Equal(expected, Decomposition.Of(text));

    [Fact]
    public void Of_HalfASurrogatePair_IsTheReplacementCharacter() => Assert.Equal("a\uFFFDb", Decomposition.Of("a" + (char)0xD800 + "b"));

    [Property]
    public bool Of_WhatIsDecomposed_StaysAsItIs(string text) => Decomposition.Of(Decomposition.Of(text ?? "")) == Decomposition.Of(text ?? "");

    [Fact]
    public void Of_EveryCharacter_DecomposesToWhatIsDecomposed()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (Rune.IsValid(value) && Decomposition.Of(new Rune(value).ToString()) is var once && Decomposition.Of(once) != once)
            {
                Assert.Fail($"U+{value:X4}");
            }
        }
    }
}
