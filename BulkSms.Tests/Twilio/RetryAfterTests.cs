using System.Globalization;
using BulkSms.Twilio;

namespace BulkSms.Tests.Twilio;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("1", "00:00:01")]
    [InlineData("120", "00:02:00")]
    [InlineData("3600", "01:00:00")]
    [InlineData("3601", "01:00:00")] // believed up to an hour
    [InlineData("2147483647", "01:00:00")]
    [InlineData("Tue, 10 Mar 2026 12:00:30 GMT", "00:00:30")]
    [InlineData("Tue, 10 Mar 2026 14:00:00 GMT", "01:00:00")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", "01:00:00")]
    [InlineData(null, null)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("1.5", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("Tue, 10 Mar 2026 12:00:00 GMT", null)]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void Read_429_WaitsAsTwilioAsks(string? header, string? wait)
    {
        var outcome = Answer.Read(429, """{"code": 20429}""", header);

        Assert.Equal(
            wait is null ? null : TimeSpan.Parse(wait, CultureInfo.InvariantCulture),
            Assert.IsType<SendOutcome.Retry>(outcome).After);
    }

    [Fact]
    public void Read_503_WaitsAsTwilioAsks() =>
        Assert.Equal(
            new SendOutcome.Retry(20503, "Twilio is unavailable", RetryCause.Outage, TimeSpan.FromSeconds(7)),
            Answer.Read(503, """{"code": 20503}""", "7"));
}
