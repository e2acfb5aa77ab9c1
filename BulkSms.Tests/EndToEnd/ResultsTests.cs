using System.Net;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What a broadcast came to: the file of results, and what it cost.</summary>
public sealed class ResultsTests(AzuriteFixture azurite, MemoryFixture memory)
{
    [Fact]
    public async Task Results_SeveralShards_HaveEveryRecipientOnce()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Broadcasts:MaxRecipients"] = "3000", ["Broadcasts:InlineRecipientLimit"] = "3000" };
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), settings, pumping: false);
        var numbers = TestApp.Numbers(2100);
        var accepted = await app.BroadcastAsync("Hello", numbers);

        using var response = await app.Http.GetAsync($"/api/v1/broadcasts/{accepted.BroadcastId}/results.csv");

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"{accepted.BroadcastId}.csv", response.Content.Headers.ContentDisposition?.FileName);
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(numbers.Select(number => $"tel:{number}"), lines[1..].Select(line => line.Split(',')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Results_OfThoseNotReached_CanBeSentToAgain()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Recipients["+15550000002"] = new RecipientBehaviour { FinalStatus = ProviderStatus.Undelivered, ErrorCode = 30005 };
        var first = await app.BroadcastAsync("Hello", TestApp.Numbers(5));
        await app.CompletedAsync(first.BroadcastId);

        var file = await app.Http.GetStringAsync($"/api/v1/broadcasts/{first.BroadcastId}/results.csv?status=undelivered");
        app.Twilio.Recipients.Clear();
        var second = await Uploads.AcceptedAsync(await Uploads.PostAsync(app, Uploads.Csv, file, ("message", "Hello again")));
        await app.CompletedAsync(second.BroadcastId);

        Assert.Equal("+15550000002", Assert.Single(await app.RecipientsAsync(second.BroadcastId, "status=delivered")).To);
    }

    [Fact]
    public async Task Results_StatusThatIsNone_Is400()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        using var response = await app.Http.GetAsync($"/api/v1/broadcasts/{accepted.BroadcastId}/results.csv?status=Pending");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Cost_SoFar_IsOfWhatTwilioTookAndDidNotFail()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Prices:DE", "0.1")]);
        app.Twilio.Recipients["+12015550102"] = new RecipientBehaviour { RejectCode = 21614 };
        app.Twilio.Recipients["+12015550103"] = new RecipientBehaviour { FinalStatus = ProviderStatus.Failed, ErrorCode = 30003 };
        app.Twilio.Recipients["+12015550104"] = new RecipientBehaviour { FinalStatus = ProviderStatus.Undelivered, ErrorCode = 30005 };

        // Two segments each, but one for the recipient whose own text is short.
        var accepted = await app.BroadcastJsonAsync(
            """
            {"message": "{{text}}", "recipients": [
              {"to": "+12015550101", "data": {"text": "short"}}, {"to": "+12015550102", "data": {"text": "LONG"}}, {"to": "+12015550103", "data": {"text": "LONG"}},
              {"to": "+12015550104", "data": {"text": "LONG"}}, {"to": "+4915112345678", "data": {"text": "LONG"}}]}
            """.Replace("LONG", new string('a', 200), StringComparison.Ordinal));
        var view = await app.CompletedAsync(accepted.BroadcastId);

        // US: 1 + 2 (undelivered is billed; refused and failed are not), DE: 2.
        Assert.Equal((3 * 0.0079m) + (2 * 0.1m), view.CostSoFar!.Total);
        Assert.Empty(view.CostSoFar!.UnknownCountries);
    }

    [Fact]
    public async Task Cost_BeforeAnythingIsSent_IsNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", "+12015550101");

        Assert.Equal(0, (await app.GetAsync(accepted.BroadcastId)).CostSoFar!.Total);
    }

    [Fact]
    public async Task Cost_CountryWithoutPrice_IsNotKnownAndNeverNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var accepted = await app.BroadcastAsync("Hello", "+12015550101", "+4915112345678");

        var cost = (await app.CompletedAsync(accepted.BroadcastId)).CostSoFar!;

        Assert.Null(cost.Total);
        Assert.Equal(0.0079m, cost.Known);
        Assert.Equal(["DE"], cost.UnknownCountries);
    }
}
