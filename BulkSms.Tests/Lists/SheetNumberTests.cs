using System.Globalization;
using BulkSms.Lists;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Lists;

public sealed class SheetNumberTests
{
    [Theory]
    [InlineData(7400123456, null, "7400123456")]
    [InlineData(447400123456, "General", "447400123456")]
    [InlineData(4.47400123456E+11, "0.00E+00", "447400123456")]
    [InlineData(7400123456, "00000000000", "07400123456")]
    [InlineData(7400123456, "0", "7400123456")]
    [InlineData(447400123456, "\"+\"0", "+447400123456")]
    [InlineData(447400123456, "\\+0", "+447400123456")]
    [InlineData(447400123456, "+0", "+447400123456")]
    [InlineData(5551230001, "[<=9999999]###-####;(###) ###-####", "5551230001")]
    [InlineData(5551230001, "000-000-0000", "5551230001")]
    [InlineData(12.5, "0.00", "12.50")]
    [InlineData(12.5, "General", "12.5")]
    [InlineData(1234.5, "#,##0.00\\ \"€\"", "1234.50")]
    [InlineData(1234.5, "[$$-409]#,##0.00", "1234.50")]
    [InlineData(-3, "0", "-3")]
    [InlineData(0.5, "0%", "50%")]
    [InlineData(0.125, "0.0%", "12.5%")]
    [InlineData(0.1 + 0.2, null, "0.3")]
    [InlineData(0, null, "0")]
    [InlineData(1e15, null, "1000000000000000")]
    [InlineData(12, "#,##0.##", "12")]
    public void Of_Number_IsWhatItsDigitsShow(double value, string? format, string expected) => Assert.Equal(expected, SheetNumber.Of(value, format));

    [Theory]
    [InlineData("+1 (###) ###-####", true)]
    [InlineData("\\+1\\ \\(###\\)\\ ###\\-####", true)]
    [InlineData("\"+44 \"0", true)]
    [InlineData("\\4\\40", true)]
    [InlineData("[<=9999999]###-####;(###) ###-####", false)]
    [InlineData("\"+\"0", false)]
    [InlineData("00000000000", false)]
    [InlineData("[$$-409]#,##0.00", false)]
    [InlineData("General", false)]
    [InlineData(null, false)]
    public void AddsDigits_Format_IsTold(string? format, bool expected) => Assert.Equal(expected, SheetNumber.AddsDigits(format));

    [Theory]
    [InlineData(7400123456.5, true)]
    [InlineData(7400123456, false)]
    [InlineData(447400123456, false)]
    [InlineData(0.1, true)]
    public void HasFraction_Number_IsToldToFifteenDigits(double value, bool expected) => Assert.Equal(expected, SheetNumber.HasFraction(value));

    [Property]
    public Property Of_AnyWholeNumberOfFifteenDigits_IsItsDigits() => Prop.ForAll(
        Arb.From(from high in Gen.Choose(0, 9_999_999) from low in Gen.Choose(0, 9_999_999) select (high * 10_000_000L) + low),
        number => SheetNumber.Of(number, "General") == number.ToString(CultureInfo.InvariantCulture));
}
