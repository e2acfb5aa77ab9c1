using System.Net;
using System.Text.Json;
using BulkSms.Broadcasts;
using BulkSms.Estimates;
using BulkSms.Segments;
using BulkSms.Storage;
using BulkSms.Tests.Documents;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What a broadcast would be and cost. The numbers are libphonenumber's examples: no phone has them.</summary>
public sealed class PreviewTests(MemoryFixture memory)
{
    private const string Path = "/api/v1/broadcasts/preview";
    private const string American = "+12015550123";
    private const string British = "+447400123456";
    private const string German = "+4915123456789";

    [Fact]
    public async Task Preview_SeveralCountries_TellsSegmentsCostAndTime()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:SegmentsPerSecond", "2")], pumping: false);
        using var optOut = await app.OptOutAsync("+12015550199");

        var preview = await PreviewAsync(app, $$"""
            {"message": "It’s closed", "recipients": ["{{American}}", "{{British}}", "{{American}}", "+12015550124", "+12015550199"]}
            """);

        Assert.Equal((3, 1, 1), (preview.RecipientsCount, preview.DuplicatesRemoved, preview.OptedOut));
        Assert.Equal(new SegmentsView("UCS-2", 1, 3), preview.Segments);
        Assert.Equal(["U+2019"], preview.Ucs2Characters);
        Assert.Equal([new("US", 2, 2, 0.0079m, 0.0158m), new("GB", 1, 1, 0.0582m, 0.0582m)], preview.Countries);
        Assert.Equal((0.074m, 0.074m, (bool?)null), (preview.Cost.Total, preview.Cost.Known, preview.Cost.WithinMaxCost));
        Assert.Equal((2d, 2L, true, 72_000L, true),
            (preview.Drain.SegmentsPerSecond, preview.Drain.Seconds, preview.Drain.FitsBeforeExpiry, preview.Drain.TwilioQueueSegments, preview.Drain.FitsTwilioQueue));
        Assert.Equal(TimeSpan.FromHours(24), preview.Drain.ExpiresAt - preview.Drain.DueAt);
        await AssertNothingAsync(app);
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("?skipped=0", 0)]
    [InlineData("?skipped=10000", 30)]
    public async Task Preview_EntriesThatAreNoRecipients_ListsAsManyAsAreAskedFor(string query, int listed)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var invalid = string.Join(',', Enumerable.Range(0, 30).Select(i => $"\"no number {i}\""));

        using var response = await app.PostJsonAsync($$"""{"message": "Hello", "onInvalid": "skip", "recipients": ["{{American}}", {{invalid}}]}""", Path + query);
        var preview = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.PreviewView)!;

        Assert.Equal((1, 30, listed), (preview.RecipientsCount, preview.Invalid, preview.Skipped.Count));
    }

    [Theory]
    [InlineData("10001")]
    [InlineData("-1")]
    [InlineData("all")]
    public async Task Preview_CountThatIsNone_IsAnErrorAtItsPlace(string skipped)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.PostJsonAsync($$"""{"message": "Hello", "recipients": ["{{American}}"]}""", $"{Path}?skipped={skipped}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"skipped\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_WhileOthersWait_CountsWhatIsDueBeforeIt()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:SegmentsPerSecond", "2")], pumping: false);
        var json = $$"""{"message": "Hello", "recipients": ["{{American}}"]}""";
        Assert.Equal(0, (await PreviewAsync(app, json)).Drain.QueuedSegments);
        await app.BroadcastAsync("Hello", TestApp.Numbers(30));
        await app.BroadcastAsync("Hello again", TestApp.Numbers(8, 100));
        using var scheduled = await app.PostJsonAsync($$"""{"message": "Later", "recipients": ["{{British}}"], "sendAt": "{{TimeProvider.System.GetUtcNow().AddDays(1):O}}"}""", "/api/v1/broadcasts");
        Assert.Equal(HttpStatusCode.Accepted, scheduled.StatusCode);

        var drain = (await PreviewAsync(app, json)).Drain;

        Assert.Equal(38, drain.QueuedSegments);
        Assert.InRange(drain.EstimatedCompletionAt!.Value - drain.DueAt, TimeSpan.FromSeconds(18), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Preview_OfACountryThatTheAccountMayNotText_WarnsAndAsksTwilioOnce()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        app.Twilio.Account.RefusedCountries.Add("GB");
        app.Twilio.Account.RefusedCountries.Add("FR");
        var json = $$"""{"message": "Hello. Reply STOP to opt out", "recipients": ["{{American}}", "{{British}}", "{{German}}", "+447400123457"]}""";

        var first = await PreviewAsync(app, json);
        app.Twilio.Account.Faults["GeoPermissions"] = Fault.Error500;
        var second = await PreviewAsync(app, json);

        var warning = Assert.Single(first.Warnings!);
        Assert.Equal("$.recipients[1]", warning.Place);
        Assert.StartsWith("goes to GB, which the Twilio account may not text: Twilio would refuse this and 1 more (21408).", warning.Text, StringComparison.Ordinal);
        Assert.Equal(first.Warnings, second.Warnings);
    }

    [Fact]
    public async Task Preview_WhileTwilioDoesNotTellCountries_GoesWithoutThem()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        app.Twilio.Account.RefusedCountries.Add("GB");
        app.Twilio.Account.Faults["GeoPermissions"] = Fault.DropBeforeProcessing;

        Assert.Null((await PreviewAsync(app, $$"""{"message": "Hello. Reply STOP to opt out", "recipients": ["{{British}}"]}""")).Warnings);
    }

    [Fact]
    public async Task Preview_CountryWithoutPrice_SaysUnknown()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.PostJsonAsync($$"""{"message": "Hello", "recipients": ["{{American}}", "{{German}}", "+15551230001"], "maxCost": 5}""", Path);

        var json = await response.Content.ReadAsStringAsync();
        Assert.Contains("""{"country":"DE","recipients":1,"segments":1,"pricePerSegment":null,"cost":null}""", json, StringComparison.Ordinal);
        Assert.Contains(
            """{"currency":"USD","total":null,"known":0.0079,"unknownCountries":["+1","DE"],"withinMaxCost":false}""", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_Personalised_CountsEachText()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Prices:DE", "0.1")], pumping: false);

        var preview = await PreviewAsync(app, $$$"""
            {"message": "Hi {{name}}", "recipients": [{"to": "{{{American}}}", "data": {"name": "Ж😀"}}, {"to": "{{{German}}}", "data": {"name": "{{{new string('a', 200)}}}"}}]}
            """);

        Assert.Equal(new SegmentsView("UCS-2", 2, 3), preview.Segments);
        Assert.Equal(["U+0416", "U+1F600"], preview.Ucs2Characters);
        Assert.Equal(0.2079m, preview.Cost.Total);
    }

    [Fact]
    public async Task Preview_TooMuchForTheTime_SaysSo()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Sending:SegmentsPerSecond", "0.1")], pumping: false);
        var expires = TimeProvider.System.GetUtcNow().AddSeconds(25);

        var preview = await PreviewAsync(app, JsonSerializer.Serialize(new { message = "Hello", recipients = TestApp.Numbers(3), expiresAt = $"{expires:yyyy-MM-ddTHH:mm:ss}Z" }));

        Assert.Equal((30L, false, true), (preview.Drain.Seconds, preview.Drain.FitsBeforeExpiry, preview.Drain.FitsTwilioQueue));
    }

    [Theory]
    [InlineData("""{"message": " ", "recipients": ["+15551230001"]}""", "$.message")]
    [InlineData("""{"message": "Hello", "recipients": ["+15551230001"], "expiresAt": "2020-01-01T00:00:00Z"}""", "$.expiresAt")]
    [InlineData("""{"message": "Hello", "recipients": ["+15551230001"], "maxCost": -1}""", "$.maxCost")]
    [InlineData("""{"message": "Hello", "recipients": ["+15551230001"], "maxCost": "5"}""", "$.maxCost")]
    public async Task Preview_FaultyRequest_IsRefusedAsABroadcastIs(string json, string path)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var preview = await app.PostJsonAsync(json, Path);
        using var broadcast = await app.PostJsonAsync(json);

        Assert.Equal(HttpStatusCode.BadRequest, preview.StatusCode);
        Assert.Equal(ShownAnswer.Normalise(await broadcast.Content.ReadAsStringAsync()), ShownAnswer.Normalise(await preview.Content.ReadAsStringAsync()));
        Assert.Contains($"\"{path}\"", await preview.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_WithoutTheKey_Is401()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var stranger = ContractHandler.NewClient(app.Url);
        using var response = await stranger.PostAsync(Path, new StringContent("{}"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData(American, "0.0079", HttpStatusCode.Accepted, null)]
    [InlineData(American, "0.007", HttpStatusCode.UnprocessableEntity, "The estimate is 0.0079 USD, maxCost is 0.007.")]
    [InlineData(German, "100", HttpStatusCode.UnprocessableEntity, "The cost is not known: no price is configured for DE.")]
    public async Task Post_MaxCost_RefusesWhatMayCostMore(string number, string maxCost, HttpStatusCode status, string? detail)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.PostJsonAsync($$"""{"message": "Hello", "recipients": ["{{number}}"], "maxCost": {{maxCost}}}""");

        Assert.Equal(status, response.StatusCode);
        if (detail is not null)
        {
            var problem = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ProblemDocument.Json)!;
            Assert.Equal(("urn:bulksms:problem:cost-limit-exceeded", "Nothing was accepted. " + detail), (problem.Type, problem.Detail));
            Assert.False(problem.Estimate!.WithinMaxCost);
            await AssertNothingAsync(app);
        }
    }

    [Fact]
    public async Task Post_RefusedByItsCost_LeavesItsKeyFree()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "one");

        using var refused = await app.PostJsonAsync($$"""{"message": "Hello", "recipients": ["{{American}}"], "maxCost": 0}""");
        using var accepted = await app.PostJsonAsync($$"""{"message": "Hello", "recipients": ["{{American}}"], "maxCost": 1}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Accepted), (refused.StatusCode, accepted.StatusCode));
    }

    private static async Task<PreviewView> PreviewAsync(TestApp app, string json)
    {
        using var response = await app.PostJsonAsync(json, Path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.PreviewView)!;
    }

    private static async Task AssertNothingAsync(TestApp app)
    {
        Assert.Empty(app.Table(TableNames.Broadcasts).Query<Azure.Data.Tables.TableEntity>());
        Assert.Empty(app.Table(TableNames.IdempotencyKeys).Query<Azure.Data.Tables.TableEntity>());
        Assert.Empty(await app.TakeAllAsync(QueueNames.Outbound));
    }
}
