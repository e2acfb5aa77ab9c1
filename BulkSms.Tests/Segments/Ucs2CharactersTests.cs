using BulkSms.Segments;
using FsCheck.Xunit;

namespace BulkSms.Tests.Segments;

public sealed class Ucs2CharactersTests
{
    [Theory]
    [InlineData("Hello {€}")]
    [InlineData("It’s “fine” – 😀’", "U+2019", "U+201C", "U+201D", "U+2013", "U+1F600")]
    public void In_Text_AreThoseOutsideGsm7EachOnce(string text, params string[] expected) => Assert.Equal(expected, Ucs2Characters.In([text], 20));

    [Fact]
    public void In_ManyTexts_StopsAtTheMost() =>
        Assert.Equal(["U+0410", "U+0411"], Ucs2Characters.In(["АА", "Б", "В"], 2));

    [Property]
    public bool In_AnyText_IsEmptyExactlyWhenItIsGsm7(string? text) =>
        (Ucs2Characters.In([text ?? ""], 20).Count == 0) == (MessageSegments.Of(text ?? "").Encoding is SmsEncoding.Gsm7);
}
