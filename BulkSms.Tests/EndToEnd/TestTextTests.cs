using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Telemetry;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A text to a number of the sender's own, before it goes to a whole list.</summary>
public sealed class TestTextTests
{
    private const string Route = "/api/v1/broadcasts";
    private const string Mine = "+12015550199";
    private const string Ada = "+12015550101";
    private const string Bob = "+12015550102";

    [Fact]
    public async Task Test_OneRow_IsSentOnceAndOnlyToOnesOwnNumber()
    {
        await using var app = await VirtualApp.StartAsync();

        using var response = await PostAsync(app, Body($"\"testTo\": \"(201) 555-0199\", \"defaultRegion\": \"US\", \"sendAt\": \"2026-03-12T09:00:00Z\", \"maxCost\": 0,"), "?row=1");
        var test = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.TestView)!;
        await CompletedAsync(app, test.BroadcastId);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(BroadcastEndpoints.UrlOf(test.BroadcastId), response.Headers.Location!.ToString());
        Assert.Equal((true, 1, "Hi Bob", 1L, null), (test.Test, test.Index, test.Text, test.Segments.Total, test.Warnings));
        var sent = Assert.Single(app.Twilio.Messages);
        Assert.Equal((Mine, "Hi Bob"), (sent.To, sent.Body));
    }

    [Fact]
    public async Task Test_File_SendsTheTextOfItsFirstRecipient()
    {
        await using var app = await VirtualApp.StartAsync();
        using var form = Uploads.WithFile(Uploads.Form(Uploads.Hi, ("testTo", Mine)), Uploads.Csv, Uploads.TwoInCsv);

        using var response = await app.Http.PostAsync(Route + "/test", form);
        var test = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.TestView)!;

        Assert.Equal((2, null, "Hi Ada"), (test.Line, test.Index, test.Text));
    }

    [Fact]
    public async Task Test_IsMarkedAndStandsOutsideListsAndStatistics()
    {
        var counted = 0L;
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == BulkSmsTelemetry.Name && instrument.Name is "bulksms.messages" or "bulksms.segments" or "bulksms.broadcasts.accepted") { self.EnableMeasurementEvents(instrument); } } };
        await using var app = await VirtualApp.StartAsync();
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counted += BelongsTo(app, instrument) ? value : 0);
        listener.Start();

        var id = await TestAsync(app);
        await CompletedAsync(app, id);

        Assert.Equal(0, counted);
        Assert.True((await app.GetAsync(id)).Test);
        Assert.Empty((await app.Http.GetFromJsonAsync(Route, ApiJson.Default.BroadcastPage))!.Broadcasts);
        Assert.Null((await app.Service<BroadcastStore>().FindAsync(id, default))!.TextKey);
        var real = await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
        Assert.Equal([real], (await app.Http.GetFromJsonAsync(Route, ApiJson.Default.BroadcastPage))!.Broadcasts.Select(each => each.BroadcastId));
        Assert.Null((await app.GetAsync(real)).Test);
        Assert.True(counted > 0);
    }

    [Fact]
    public async Task Test_NumberThatHasOptedOut_IsRefused()
    {
        await using var app = await VirtualApp.StartAsync();
        using var optOut = await app.Http.PostAsJsonAsync("/api/v1/optouts", new { phones = new[] { Mine } });

        using var response = await PostAsync(app, Body($"\"testTo\": \"{Mine}\","));
        await app.RunAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10));

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("urn:bulksms:problem:opted-out", (await response.Content.ReadFromJsonAsync(ProblemDocument.Json))!.Type);
        Assert.Empty(app.Twilio.Messages);
    }

    [Fact]
    public async Task Test_InTheQuietHoursOfTheNumber_WarnsAndSends()
    {
        await using var app = await VirtualApp.StartAsync(); // noon in UTC: 8 o'clock in New Jersey

        using var response = await PostAsync(app, Body($"\"testTo\": \"{Mine}\", \"quietHours\": {{\"from\": \"07:00\", \"to\": \"09:00\"}},"));
        var test = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.TestView)!;
        await app.RunAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1), () => Task.FromResult(app.Twilio.Messages.Count == 1));

        Assert.Equal("$.testTo", Assert.Single(test.Warnings!).Place);
        Assert.Single(app.Twilio.Messages);
        Assert.True(app.Clock.GetUtcNow().Hour == 12);
    }

    [Fact]
    public async Task Test_SameKey_IsOneTest_AndNotTheBroadcastsOwn()
    {
        await using var app = await VirtualApp.StartAsync();
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "one");

        using var first = await PostAsync(app, Body($"\"testTo\": \"{Mine}\","));
        using var again = await PostAsync(app, Body($"\"testTo\": \"{Mine}\","));
        using var whole = await app.Http.PostAsync(Route, Json(Body("")));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Conflict), (first.StatusCode, again.StatusCode, whole.StatusCode));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
    }

    [Fact]
    public async Task Test_TooMany_Are429ThoughBroadcastsAreTaken()
    {
        await using var app = await VirtualApp.StartAsync([new("Limits:TestsPerMinute", "2")]);
        await TestAsync(app);
        await TestAsync(app);

        using var refused = await PostAsync(app, Body($"\"testTo\": \"{Mine}\","));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        await app.BroadcastAsync(new { message = "Hello", recipients = new[] { Ada } });
    }

    [Theory]
    [InlineData("", "", "$.testTo", "is required")]
    [InlineData("\"testTo\": \"12\",", "", "$.testTo", "")]
    [InlineData("\"testTo\": 12,", "", "$.testTo", "must be a phone number")]
    [InlineData("\"testTo\": \"+12015550199\",", "?row=9", "row", "is not in the list")]
    public async Task Test_FaultyRequest_SaysWhat(string fields, string query, string place, string error)
    {
        await using var app = await VirtualApp.StartAsync();

        using var response = await PostAsync(app, Body(fields), query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(error, Assert.Single((await response.Content.ReadFromJsonAsync(ProblemDocument.Json))!.Errors![place]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BodyOfATest_IsNotSentToTheList()
    {
        await using var app = await VirtualApp.StartAsync();

        using var response = await app.Http.PostAsync(Route, Json(Body($"\"testTo\": \"{Mine}\",")));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await response.Content.ReadFromJsonAsync(ProblemDocument.Json))!.Errors!.ContainsKey("$.testTo"));
    }

    private static bool BelongsTo(VirtualApp app, Instrument instrument) =>
        ReferenceEquals(instrument.Meter.Scope, app.Services.GetService(typeof(IMeterFactory)));

    private static async Task<string> TestAsync(VirtualApp app)
    {
        using var response = await PostAsync(app, Body($"\"testTo\": \"{Mine}\","));
        return JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ApiJson.Default.TestView)!.BroadcastId;
    }

    private static Task CompletedAsync(VirtualApp app, string id) =>
        app.RunAsync(TimeSpan.FromHours(2), TimeSpan.FromSeconds(30), async () => (await app.GetAsync(id)).Status == "completed");

    private static string Body(string fields) => $$$"""
        {"message": "Hi {{name}}", {{{fields}}} "recipients": [{"to": "{{{Ada}}}", "data": {"name": "Ada"}}, {"to": "{{{Bob}}}", "data": {"name": "Bob"}}]}
        """;

    private static Task<HttpResponseMessage> PostAsync(VirtualApp app, string json, string query = "") => app.Http.PostAsync($"{Route}/test{query}", Json(json));

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
