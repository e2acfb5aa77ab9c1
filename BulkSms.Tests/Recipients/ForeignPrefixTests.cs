using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

/// <summary>Numbers that begin with another country's prefix for calls abroad, zeros in brackets, and numbers that a spreadsheet has rounded.</summary>
public sealed class ForeignPrefixTests
{
    [Theory]
    [InlineData("BR", "00 55 11 96123-4567", "+5511961234567")] // with a carrier's prefix, 00 55, it would be +1 196 123 4567
    [InlineData("CO", "00573211234567", "+573211234567")] // else a number of Russia
    [InlineData("KH", "0085591234567", "+85591234567")] // else one of Brazil
    [InlineData("AU", "0061 412 345 678", "+61412345678")]
    [InlineData("AU", "0011 49 170 1234567", "+491701234567")]
    [InlineData("US", "0049 170 1234567", "+491701234567")]
    [InlineData("DE", "0049 170 1234567", "+491701234567")]
    [InlineData("US", "011 49 170 1234567", "+491701234567")]
    [InlineData("SE", "011-690 72 90", "+46116907290")] // Norrköping, not Tokelau
    public void TryParse_PrefixForCallsAbroad_StandsForThePlusSign(string region, string written, string expected) => Assert.Equal(expected, Read(written, region));

    [Theory]
    [InlineData("KR", "0082 (0)10 2000 0000", "could be +201020000000 or +821020000000: write the one that is meant, with its +")]
    [InlineData("SG", "00251911234567", "could be +51911234567 or +251911234567: write the one that is meant, with its +")]
    public void TryParse_PrefixForCallsAbroadAndOneOfTheRegion_AreBothShown(string region, string written, string error) => Assert.Equal(error, Read(written, region));

    [Theory]
    [InlineData("GB", "011 49 170 1234567", "perhaps +491701234567, with the 011 that North America dials before it: write the one that is meant, with its +")]
    [InlineData("GB", "0115 9171234567", "perhaps +59171234567, with the 011 that North America dials before it: write the one that is meant, with its +")] // a slip in a number of Nottingham, no mobile of Bolivia
    public void TryParse_PrefixOfNorthAmericaElsewhere_IsAskedAbout(string region, string written, string error) => Assert.Equal(error, Read(written, region));

    [Theory]
    [InlineData("+39 (0)338 1234567", "+393381234567")]
    [InlineData("+39 (0)6 12345678", "+390612345678")]
    [InlineData("+420 (0)601 123 456", "+420601123456")]
    [InlineData("+44 (0)7400 123456", "+447400123456")]
    [InlineData("+247 (0)40123", "could be +247040123 or +24740123: write the one that is meant, with its +")]
    public void TryParse_ZeroInBrackets_IsReadAsTheCountryDials(string written, string expected) => Assert.Equal(expected, Read(written, null));

    [Theory]
    [InlineData("491512000000", "DE", false)]
    [InlineData("447400000000", "GB", false)]
    [InlineData("4915120000000", null, false)]
    [InlineData("+447400000000", "GB", true)]
    [InlineData("07400 000000", "GB", true)]
    [InlineData("447400100000", "GB", true)]
    [InlineData("2015000000", "US", true)]
    public void TryParse_RoundedBySpreadsheet_IsRefused(string written, string? region, bool isRead) => Assert.Equal(isRead, Read(written, region) is not NumberErrors.Rounded);

    private static string Read(string written, string? region) => PhoneNumber.TryParse(written, new(region), out var number, out var error) ? number.Value : error;
}
