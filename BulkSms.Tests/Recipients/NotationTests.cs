using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

/// <summary>Which notations are read. What is skipped or translated would be a guess, and a guess may reach a stranger.</summary>
public sealed class NotationTests
{
    [Theory]
    [InlineData("0170 1234567")]
    [InlineData("0170  12 34 567")]
    [InlineData("0170\u00a01234567")]
    [InlineData("0170\u2009123\u202f4567\u3000")]
    [InlineData("0170-1234567")]
    [InlineData("0170 - 123 45-67")]
    [InlineData("0170\u2011123\u20134567")]
    [InlineData("(0170) 1234567")]
    [InlineData("(0170)1234567")]
    [InlineData("(0170)-1234567")]
    [InlineData("(0170 1234567)")]
    [InlineData("0170.1234567")]
    [InlineData("0170.123.45.67")]
    [InlineData("(0170).123.4567")]
    [InlineData("0170/1234567")]
    [InlineData("0170 / 123 45 67")]
    [InlineData("(0170)/1234567")]
    [InlineData("+49170/1234567")]
    [InlineData("+49 170/1234567")]
    [InlineData("+49 (0)170/1234567")]
    [InlineData("+49 (0) 170 1234567")]
    [InlineData("+49.170.123.4567")]
    [InlineData("0049 170/1234567")]
    [InlineData("0049 170 1234567")]
    [InlineData("(+49) 170 1234567")]
    [InlineData("+(49) 170 1234567")]
    [InlineData("+ 49 170 1234567")]
    [InlineData("tel:0170-1234567")]
    [InlineData("\t0170 1234567\r\n")]
    [InlineData("\u202a0170 1234567\u202c")]
    [InlineData("\u2066+49\u00ad170\u200b1234567\u2069\ufeff")]
    [InlineData("0170\u200f\u200e1234567\ufe0f\u2060")]
    public void TryParse_ANotationThatPeopleUse_IsTheNumber(string text)
    {
        Assert.True(PhoneNumber.TryParse(text, new("DE", Strict: true), out var number, out var error), error);
        Assert.Equal("+491701234567", number.Value);
    }

    [Theory]
    [InlineData("1.555.123.4567", "Dots '.' at 2")]
    [InlineData("1.701.234.567", "Dots '.' at 2")] // a spreadsheet's thousands
    [InlineData("0170..1234567", "Dots '.' at 5")]
    [InlineData("0170.1234567.", "Dots '.' at 13")]
    [InlineData("0170.1.234567", "Dots '.' at 5")]
    [InlineData("0170 1234567.", "Decimal '.' at 13")]
    [InlineData("1701234567.0", "Decimal '.' at 11")]
    [InlineData("1701234567.00000", "Decimal '.' at 11")]
    [InlineData("+491701234567.0", "Decimal '.' at 14")]
    [InlineData("4915.50", "Decimal '.' at 5")]
    [InlineData("0170.123 4567", "Decimal '.' at 5")]
    [InlineData("0.1701234567", "Decimal '.' at 2")]
    [InlineData("12.50 0170 1234567", "Decimal '.' at 3")]
    [InlineData("1701234567,0", "Decimal ',' at 11")]
    [InlineData("1.701.234.567,00", "',' at 14")]
    [InlineData("0170,1234567,1", "',' at 5")]
    [InlineData("0170 1234567/68", "Slash '/' at 13")]
    [InlineData("0170/1234567/68", "Slash '/' at 13")]
    [InlineData("0170 1234567 / 0170 1234568", "Slash '/' at 14")]
    [InlineData("1701234567/1701234568", "Slash '/' at 11")]
    [InlineData("030/12", "Slash '/' at 4")]
    [InlineData("+49 170 1234/5678", "Slash '/' at 13")]
    [InlineData("/1701234567", "Slash '/' at 1")]
    [InlineData("0170--1234567", "Hyphen '-' at 5")]
    [InlineData("-1701234567", "Hyphen '-' at 1")]
    [InlineData("0170-1234567-", "Hyphen '-' at 13")]
    [InlineData("0170-/1234567", "Hyphen '-' at 5")]
    [InlineData("((0170)) 1234567", "Bracket '(' at 2")]
    [InlineData("(+49) (0)170 1234567", "Bracket '(' at 7")]
    [InlineData("(0170 1234567", "Bracket '(' at 1")]
    [InlineData("0170) 1234567", "Bracket ')' at 5")]
    [InlineData("0170 1234567 (2)", "Bracket '(' at 14")]
    [InlineData("()1701234567", "Bracket '(' at 1")]
    [InlineData("0170+1234567", "Plus '+' at 5")]
    [InlineData("+49+1701234567", "Plus '+' at 4")]
    [InlineData("0170 I234567", "the letter 'I' at 6")]
    [InlineData("O170 1234567", "the letter 'O' at 1")]
    [InlineData("0170 1234567 Ada", "the letter 'A' at 14")]
    [InlineData("0170 1234567; 0170 1234568", "';' at 13")]
    [InlineData("0170*1234567", "'*' at 5")]
    [InlineData("[0170] 1234567", "'[' at 1")]
    [InlineData("'0170 1234567", "''' at 1")]
    [InlineData("０170 1234567", "the digit '０' (U+FF10) at 1")]
    [InlineData("0170\t1234567", "CHARACTER TABULATION (U+0009) at 5")]
    [InlineData("0170 1234567\n0170 1234568", "LINE FEED (U+000A) at 13")]
    [InlineData("0170\u00071234567", "ALERT (U+0007) at 5")]
    [InlineData("0170\u180e1234567", "MONGOLIAN VOWEL SEPARATOR (U+180E) at 5")]
    [InlineData("0170\u20611234567", "FUNCTION APPLICATION (U+2061) at 5")]
    [InlineData("\u200e0170\u31641234567", "HANGUL FILLER (U+3164) at 6")] // counted in what was written
    [InlineData("0170\ufe001234567", "VARIATION SELECTOR-1 (U+FE00) at 5")]
    [InlineData("0170\U000e01001234567", "VARIATION SELECTOR-17 (U+E0100) at 5")]
    [InlineData("1\ufe0f\u20e3701234567", "U+20E3 at 3")]
    [InlineData("\U0001f4de 0170 1234567", "'\U0001f4de' (U+1F4DE) at 1")]
    [InlineData("0170\ud8001234567", "'\ufffd' (U+FFFD) at 5")]
    public void TryParse_AMarkThatIsNotReadThere_IsNamedWithItsPosition(string text, string expected)
    {
        Assert.False(PhoneNumber.TryParse(text, new("DE"), out _, out var error));
        var parts = expected.Split(" at ");
        Assert.Contains($"{parts[0].Split("Dots ")[^1].Split("Decimal ")[^1].Split("Slash ")[^1].Split("Hyphen ")[^1].Split("Bracket ")[^1].Split("Plus ")[^1]} at position {parts[1]}", error, StringComparison.Ordinal);
        Assert.Equal(expected.StartsWith("Decimal", StringComparison.Ordinal), error.Contains("decimal", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("26.11.2026")]
    [InlineData("26. 11. 2026")]
    [InlineData("1.2.26")]
    [InlineData("11/26/2026")]
    [InlineData("26/11/26")]
    [InlineData("26-11-2026")]
    [InlineData("2026-11-26")]
    [InlineData("2026/11/26")]
    [InlineData("2026.11.26")]
    [InlineData("2026-11-26 00:00:00")]
    [InlineData("2026-11-26T08:30:00Z")]
    [InlineData("26.11.2026 08:30")]
    [InlineData("11/2026")]
    [InlineData(" 26.11.2026\u00a0")]
    public void TryParse_Date_IsRefusedAsOne(string text) => Assert.StartsWith("reads as a date", ErrorOf(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("06.12.34.56.78", "FR", "+33612345678")]
    [InlineData("12.34.56.78", "DK", "+4512345678")]
    [InlineData("45.13.2026", "DE", "+4945132026")] // no day and no month
    public void TryParse_DottedNumber_IsNoDate(string text, string region, string expected)
    {
        Assert.True(PhoneNumber.TryParse(text, new(region), out var number, out var error), error);
        Assert.Equal(expected, number.Value);
    }

    [Theory]
    [InlineData("1.55512E+10")]
    [InlineData("4,91701E+12")]
    [InlineData("4.91701e12")]
    [InlineData("+1E+10")]
    [InlineData("5E10")]
    public void TryParse_ScientificNotation_IsRefusedAsThat(string text) => Assert.StartsWith("is in scientific notation", ErrorOf(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("0170 1234567 x12")]
    [InlineData("0170 1234567x12")]
    [InlineData("0170 1234567 ext. 12")]
    [InlineData("0170 1234567, Ext 12")]
    [InlineData("(0170) 1234567 extension 12")]
    [InlineData("0170 1234567 #12")]
    [InlineData("0170 1234567 Durchwahl 12")]
    [InlineData("0170 1234567 доб. 12")]
    [InlineData("tel:+49-170-1234567;ext=12")]
    [InlineData("TEL:+49-170-1234567;EXT=12")]
    public void TryParse_Extension_IsRefusedAsOne(string text) => Assert.StartsWith("has an extension", ErrorOf(text), StringComparison.Ordinal);

    private static string ErrorOf(string text)
    {
        Assert.False(PhoneNumber.TryParse(text, new("DE"), out _, out var error));
        return error;
    }
}
