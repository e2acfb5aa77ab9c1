namespace BulkSms.Tests.Broadcasts;

/// <summary><c>sendAt</c> and <c>expiresAt</c>, read on 7 January 2030 at 9:00 UTC.</summary>
public sealed class RequestTimesTests
{
    [Fact]
    public void Read_Times_AreInstants()
    {
        var request = RequestReading.Good(With("""
            "sendAt": "2030-01-08T08:00:00+01:00", "expiresAt": "2030-01-08T20:00:00Z"
            """));

        Assert.Equal(new DateTimeOffset(2030, 1, 8, 7, 0, 0, TimeSpan.Zero), request.SendAt);
        Assert.Equal(new DateTimeOffset(2030, 1, 8, 20, 0, 0, TimeSpan.Zero), request.ExpiresAt);
    }

    [Fact]
    public void Read_NoTimes_LeavesThemOpen()
    {
        var request = RequestReading.Good(RequestReading.WithMessage("Hello"));

        Assert.Equal((null, null), (request.SendAt, request.ExpiresAt));
    }

    [Theory]
    [InlineData("\"2030-01-08\"")]
    [InlineData("\"2030-01-08T08:00:00\"")] // whose nine o'clock?
    [InlineData("\"tomorrow\"")]
    [InlineData("1893578400")]
    [InlineData("null")]
    [InlineData("\"2030-13-08T08:00:00Z\"")]
    public void Read_NotATimeWithAnOffset_IsAFault(string value) => Assert.Equal(
        ["$.sendAt: must be a time in ISO 8601 with its offset, such as 2030-01-07T09:00:00+01:00"],
        RequestReading.FaultsOf(With($"\"sendAt\": {value}")));

    [Theory]
    [InlineData("\"sendAt\": \"2030-04-07T09:00:00Z\"")]
    [InlineData("\"sendAt\": \"2020-01-01T00:00:00Z\"")] // perhaps the repeat of a request that came in time
    [InlineData("\"expiresAt\": \"2030-02-06T09:00:00Z\"")]
    [InlineData("\"expiresAt\": \"2020-01-01T00:00:00Z\"")] // perhaps the repeat of a request that came in time
    [InlineData("\"sendAt\": \"2030-04-07T09:00:00Z\", \"expiresAt\": \"2030-05-07T09:00:00Z\"")]
    public void Read_WithinTheLimits_IsTaken(string times) => RequestReading.Good(With(times));

    [Theory]
    [InlineData("\"sendAt\": \"2030-04-07T09:00:01Z\"", "$.sendAt: must be at most 90 days ahead")]
    [InlineData("\"expiresAt\": \"2030-02-06T09:00:01Z\"", "$.expiresAt: must be at most 30 days after it is due")]
    [InlineData("\"sendAt\": \"2030-01-08T09:00:00Z\", \"expiresAt\": \"2030-01-08T09:00:00Z\"", "$.expiresAt: must be after sendAt")]
    [InlineData("\"sendAt\": \"2030-01-08T09:00:00Z\", \"expiresAt\": \"2030-02-07T09:00:01Z\"", "$.expiresAt: must be at most 30 days after it is due")]
    public void Read_BeyondTheLimits_IsAFault(string times, string fault) => Assert.Equal([fault], RequestReading.FaultsOf(With(times)));

    private static string With(string fields) => $$"""{"message": "Hello", "recipients": ["{{RequestReading.Ada}}"], {{fields}}}""";
}
