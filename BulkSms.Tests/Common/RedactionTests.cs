using BulkSms.Common;
using BulkSms.Twilio;
using FsCheck;
using FsCheck.Xunit;

namespace BulkSms.Tests.Common;

public sealed class RedactionTests
{
    [Theory]
    [InlineData(null, "(none)")]
    [InlineData("", "(none)")]
    [InlineData("+", "•••(1)")]
    [InlineData("+155512345", "•••(10)")]
    [InlineData("+1555123456", "+155•••3456")]
    [InlineData("+15551234567", "+1555•••4567")]
    [InlineData("+447700900123", "+4477•••0123")]
    [InlineData("+44770090012345", "+4477•••2345")]
    public void Phone_Number_HidesItsMiddle(string? number, string shown) => Assert.Equal(shown, Redaction.Phone(number));

    [Theory]
    [InlineData("Ada (+15551234567) complains", "Ada (+1555•••4567) complains")]
    [InlineData("call +44 7700 900-123 first", "call +4477•••0123 first")]
    [InlineData("+1 (555) 123-4567", "+1555•••4567")]
    [InlineData("15551234567, 5551234567", "1555•••4567, •••(10)")]
    [InlineData("(555) 123-4567 or 555.123.4567", "•••(10) or •••(10)")]
    [InlineData("case 20301 of 2030-01-07 09:30, INC0012345, 17,500 texts", "case 20301 of 2030-01-07 09:30, INC0012345, 17,500 texts")]
    public void PhonesIn_Text_HidesNumbersAndNothingElse(string text, string shown) => Assert.Equal(shown, Redaction.PhonesIn(text));

    [Property]
    public bool Phone_AnyNumber_NeverShowsItWhole(PositiveInt number)
    {
        var phone = $"+1555{number.Get}";
        return !Redaction.Phone(phone).Contains(phone, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_WhatIsSecret_DoesNotShowIt()
    {
        Assert.Equal("SMS to +1555•••4567", new OutgoingSms("+15551234567", "the text", "MG1", new("https://sms.example")).ToString());
        Assert.Equal("AC1", new TwilioCredentials("AC1", "the token").ToString());
    }
}
