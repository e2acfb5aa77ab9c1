using BulkSms.Recipients;

namespace BulkSms.Tests.Recipients;

public sealed class PhoneNumberTests
{
    private const string NotE164 = "must be a phone number in E.164 form: + and 2 to 15 digits, such as +15551234567";

    [Theory]
    [InlineData("+15551234567", "+15551234567")]
    [InlineData("+447700900123", "+447700900123")]
    [InlineData("+4407700900123", "+447700900123")] // the national prefix within: +44 (0)7700 900123
    [InlineData("+61491570006", "+61491570006")]
    [InlineData("+610491570006", "+61491570006")]
    [InlineData("+390655500123", "+390655500123")] // Italy's zero belongs to the number
    public void TryParse_PossibleNumber_IsCanonical(string text, string canonical)
    {
        Assert.True(PhoneNumber.TryParse(text, out var number, out var fault));
        Assert.Equal((canonical, null), (number.Value, fault));
    }

    [Theory]
    [InlineData("", NotE164)]
    [InlineData("+", NotE164)]
    [InlineData("+1", NotE164)]
    [InlineData("15551234567", NotE164)]
    [InlineData("0015551234567", NotE164)]
    [InlineData("+05551234567", NotE164)]
    [InlineData("+1 555 123 4567", NotE164)]
    [InlineData(" +15551234567", NotE164)]
    [InlineData("+15551234567 ", NotE164)]
    [InlineData("+15551234567\n", NotE164)]
    [InlineData("+15551234567\r\n", NotE164)]
    [InlineData("+15551234567\0", NotE164)]
    [InlineData("+1555123456x", NotE164)]
    [InlineData("+1-555-123-4567", NotE164)]
    [InlineData("++15551234567", NotE164)]
    [InlineData("+15551234567;ext=1", NotE164)]
    [InlineData("tel:+15551234567", NotE164)]
    [InlineData("＋15551234567", NotE164)] // a full-width plus
    [InlineData("+١٥٥٥١٢٣٤٥٦٧", NotE164)] // Arabic-Indic digits
    [InlineData("+１5551234567", NotE164)] // a full-width digit
    [InlineData("+1555123456789012", NotE164)] // 16 digits
    [InlineData("+9991234567", "has a country code that does not exist")]
    [InlineData("+12", "is not a phone number")]
    [InlineData("+155512", "is too short for its country")]
    [InlineData("+1555123456789", "is too long for its country")]
    [InlineData("+15551234", "is not a possible number in its country")] // seven digits: possible only within its own area
    public void TryParse_AnythingElse_IsRefusedInWords(string text, string expected)
    {
        Assert.False(PhoneNumber.TryParse(text, out var number, out var fault));
        Assert.Equal((expected, default), (fault, number));
    }

    [Fact]
    public void TryParse_400Digits_IsRefused()
    {
        Assert.False(PhoneNumber.TryParse("+" + new string('5', 400), out _, out var fault));
        Assert.Equal(NotE164, fault);
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
