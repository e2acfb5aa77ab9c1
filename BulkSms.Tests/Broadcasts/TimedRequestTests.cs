using System.Text;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Http;

namespace BulkSms.Tests.Broadcasts;

/// <summary>What is wrong with a request's times, and with whom; asked on 7 January 2030 at 9:00 UTC, before the clocks of Europe say ten.</summary>
public sealed class TimedRequestTests
{
    private const string American = "+12015550123";
    private const string British = "+447400123456";
    private const string Satellite = "+88312345678";
    private const string Nights = "\"quietHours\": {\"from\": \"21:00\", \"to\": \"08:00\"}";

    [Theory]
    [InlineData("2030-01-07T08:55:00Z", true)]
    [InlineData("2030-01-07T08:54:59Z", false)]
    [InlineData("2029-01-07T09:00:00Z", false)] // a wrong year
    public void Of_DueInThePast_IsAnErrorAfterFiveMinutes(string sendAt, bool isTaken)
    {
        var timed = Timed($"\"sendAt\": \"{sendAt}\"", British);

        Assert.Equal(isTaken ? [] : ["$.sendAt: must not be more than 5 minutes ago"], ErrorsOf(timed));
    }

    [Fact]
    public void Of_Expired_IsAnError() =>
        Assert.Equal(["$.expiresAt: must be in the future"], ErrorsOf(Timed("\"expiresAt\": \"2030-01-07T09:00:00Z\"", British)));

    [Fact]
    public void Of_SomeWhoseNightOutlastsTheMessage_NamesEachByItsRow()
    {
        var timed = Timed($"{Nights}, \"expiresAt\": \"2030-01-07T12:00:00Z\"", British, American, British, Satellite, "+12015550124");

        Assert.Equal(
            [
                "$.recipients[1]: is in its quiet hours until 2030-01-07T13:00:00Z, and the message expires at 2030-01-07T12:00:00Z: let it expire later, or shorten the quiet hours",
                "$.recipients[3]: belongs to no country whose time zones are known: say by quietHours.timeZone whose clock counts",
                "$.recipients[4]: is in its quiet hours until 2030-01-07T13:00:00Z, and the message expires at 2030-01-07T12:00:00Z: let it expire later, or shorten the quiet hours",
            ],
            ErrorsOf(timed));
    }

    [Fact]
    public void Of_NoMomentThatSuitsAllZones_SaysHowMany() => Assert.Equal(
        ["$.recipients[0]: may be in 11 time zones, and from 2030-01-07T09:00:00Z on no moment is outside the quiet hours of all: say by quietHours.timeZone whose clock counts, or shorten the quiet hours"],
        ErrorsOf(Timed("\"quietHours\": {\"from\": \"18:00\", \"to\": \"10:00\"}", "+79161234567")));

    [Fact]
    public void Of_TimeZoneGiven_ReachesThem() => Assert.Empty(
        ErrorsOf(Timed("\"quietHours\": {\"from\": \"18:00\", \"to\": \"10:00\", \"timeZone\": \"Europe/Moscow\"}", "+79161234567", Satellite)));

    [Theory]
    [InlineData("PT3H", "2030-01-07T12:00:01Z", true)]
    [InlineData("PT3H", "2030-01-07T12:00:00Z", false)]
    [InlineData("P7D", "2030-01-10T12:00:00Z", false)]
    public void Of_SpreadOverMoreThanItsLife_IsAnError(string over, string expiresAt, bool isTaken)
    {
        var errors = ErrorsOf(Timed($"\"sendOver\": \"{over}\", \"expiresAt\": \"{expiresAt}\"", British));

        Assert.Equal(isTaken ? [] : [$"$.sendOver: must end before the message expires, at {expiresAt}: let it expire later, or take a shorter time"], errors);
    }

    [Fact]
    public void Of_SpreadOverHoursThatAreAllQuietForSome_NamesThem() => Assert.Equal(
        ["$.recipients[1]: is in its quiet hours during all of sendOver: let that be longer, or shorten the quiet hours"],
        ErrorsOf(Timed($"{Nights}, \"sendOver\": \"PT3H\"", British, American)));

    [Fact]
    public void Of_SkipInvalid_LeavesThemOutAndCountsThem()
    {
        var timed = Timed($"{Nights}, \"onInvalid\": \"skip\"", Satellite, British, "no number", American);

        Assert.Empty(ErrorsOf(timed));
        Assert.Equal([British, American], timed.Recipients.Select(recipient => recipient.To));
        Assert.Equal((2, 0), (timed.Invalid, timed.OptedOut));
    }

    [Fact]
    public void Of_SkipInvalidAndNoRecipientIsLeft_IsAnError() => Assert.Equal(
        ["$.recipients: must name at least one recipient without a fault"], ErrorsOf(Timed($"{Nights}, \"onInvalid\": \"skip\"", Satellite)));

    [Fact]
    public void Of_OptedOut_IsNoError()
    {
        var timed = TimedRequest.Of(Request(Nights, Satellite, British), RequestReading.Now, TimeSpan.FromDays(1), number => number == Satellite ? RequestReading.Now.AddDays(-1) : null);

        Assert.Empty(ErrorsOf(timed));
        Assert.Equal(British, Assert.Single(timed.Recipients).To);
        Assert.Equal((1, null), (timed.OptedOut, timed.Invalid));
    }

    [Theory]
    [InlineData(false, "to\n+447400123456\n\n+88312345678\n+447400123456\n+870773111632\n")]
    [InlineData(true, "\n\"+447400123456\"\n\n\"+88312345678\"\n\"+88312345678\"\n{\"to\": \"+870773111632\"}\n")]
    public async Task Of_File_NamesTheLines(bool isJson, string file)
    {
        var (errors, terms) = (new FieldErrors(), new BroadcastTerms("Hello") { Quiet = new(new(21, 0), new(8, 0)) });
        var collector = new RecipientCollector(terms, errors);
        UploadReading.Reader reader = isJson ? UploadReading.NdjsonFile : UploadReading.AnyFile;
        await reader(new MemoryStream(Encoding.UTF8.GetBytes(file)), collector, 100, default);

        var timed = TimedRequest.Of(collector.Complete()!, RequestReading.Now, TimeSpan.FromDays(1), _ => null);

        Assert.Equal(["line 4", "line 6"], timed.Errors.First.Keys.Order(StringComparer.Ordinal));
    }

    private static TimedRequest Timed(string fields, params string[] recipients) =>
        TimedRequest.Of(Request(fields, recipients), RequestReading.Now, TimeSpan.FromDays(1), _ => null);

    private static BroadcastRequest Request(string fields, params string[] recipients) =>
        RequestReading.Good($$"""{"message": "Hello", {{fields}}, "recipients": {{System.Text.Json.JsonSerializer.Serialize(recipients)}}}""");

    private static IEnumerable<string> ErrorsOf(TimedRequest timed) => timed.Errors.First.SelectMany(path => path.Value.Select(error => $"{path.Key}: {error}"));
}
