using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

public sealed class PhoneNumberTests
{
    private const string NoNumber = "must be a phone number, such as +15551234567";
    private const string NoRegion = "has no + and country code: write it as +15551234567, or name its country in defaultRegion";
    private const string Read = "; a phone number has digits, spaces, hyphens, dots, a slash or brackets";

    [Theory]
    [InlineData("+15551234567", "+15551234567")]
    [InlineData("+447700900123", "+447700900123")]
    [InlineData("+4407700900123", "+447700900123")] // the national prefix within: +44 (0)7700 900123
    [InlineData("+61491570006", "+61491570006")]
    [InlineData("+610491570006", "+61491570006")]
    [InlineData("+390655500123", "+390655500123")] // Italy's zero belongs to the number
    [InlineData("+1 555 123 4567", "+15551234567")]
    [InlineData(" +1-555-123-4567\r\n", "+15551234567")]
    [InlineData("tel:+15551234567", "+15551234567")]
    [InlineData("TEL: +1 (555) 123-4567", "+15551234567")]
    [InlineData("+1.5551234567", "+15551234567")]
    [InlineData("+5215512345678", "+525512345678")] // Mexico's former 1
    [InlineData("+52 (01) 55 1234 5678", "+525512345678")]
    [InlineData("+541112345678", "+541112345678")] // both forms are numbers: as written
    [InlineData("+551187654321", "+551187654321")]
    public void TryParse_PossibleNumber_IsCanonical(string text, string canonical)
    {
        Assert.True(PhoneNumber.TryParse(text, out var number, out var fault));
        Assert.Equal((canonical, null), (number.Value, fault));
    }

    [Theory]
    [InlineData("", NoNumber)]
    [InlineData("   ", NoNumber)]
    [InlineData("+", NoNumber)]
    [InlineData("+1", NoNumber)]
    [InlineData("5551234567", NoRegion)]
    [InlineData("15551234567", NoRegion)] // a possible number, but not a valid one: nothing is proposed
    [InlineData("447400123456", NoRegion + "; perhaps +447400123456, whose + is lost")]
    [InlineData("0015551234567", NoRegion)]
    [InlineData("+05551234567", "has a country code that does not exist")]
    [InlineData("+15551234567\0", "has NULL (U+0000) at position 13" + Read)]
    [InlineData("+1555123456x", "has the letter 'x' at position 12" + Read)]
    [InlineData("++15551234567", "has '+' at position 2: a plus sign is read only before the country code")]
    [InlineData("+15551234567;ext=1", "has an extension, which a text cannot reach")]
    [InlineData("tel:+15551234567;phone-context=+1", "has ';' at position 17" + Read)]
    [InlineData("＋15551234567", "has '＋' (U+FF0B) at position 1" + Read)] // a full-width plus
    [InlineData("+١٥٥٥١٢٣٤٥٦٧", "has the digit '١' (U+0661) at position 2" + Read + ". Write the digits as 0 to 9.")]
    [InlineData("+1555123456789012", "is too long for its country")]
    [InlineData("+9991234567", "has a country code that does not exist")]
    [InlineData("+12", "is too short for its country")]
    [InlineData("+155512", "is too short for its country")]
    [InlineData("+1555123456789", "is too long for its country")]
    [InlineData("+15551234", "has no area code")] // seven digits: possible only within its own area
    public void TryParse_AnythingElse_IsRefusedInWords(string text, string expected)
    {
        Assert.False(PhoneNumber.TryParse(text, out var number, out var fault));
        Assert.Equal((expected, default), (fault, number));
    }

    [Fact]
    public void TryParse_400Digits_IsRefused()
    {
        Assert.False(PhoneNumber.TryParse("+" + new string('5', 400), out _, out var fault));
        Assert.Equal(NoNumber + "; it has more than 64 characters", fault);
    }

    [Fact]
    public void TryParse_TwoSpellingsOfOnePhone_AreEqual()
    {
        Assert.True(PhoneNumber.TryParse("+4407700900123", out var one, out _));
        Assert.True(PhoneNumber.TryParse("+447700900123", out var other, out _));
        Assert.Equal(one, other);
    }

    [Fact]
    public void ToString_Number_HidesItsMiddle()
    {
        Assert.True(PhoneNumber.TryParse("+15551234567", out var number, out _));
        Assert.Equal("to +1555•••4567", $"to {number}");
    }
}
