using System.Net;
using System.Net.Http.Json;
using BulkSms.Broadcasts;
using BulkSms.Security;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>How much a caller may ask.</summary>
public sealed class CallerLimitTests(MemoryFixture memory)
{
    [Fact]
    public async Task Requests_TooMany_Are429ByCallerWithATimeToWait()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. issuer.Settings, new("Limits:RequestsPerMinute", "3")], pumping: false);
        var one = issuer.Token(CallerRoles.Read);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await Callers.AskAsync(app, "GET v1/broadcasts", key: true, one));
        }

        using var request = Callers.Request("GET v1/broadcasts", one);
        using var refused = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("urn:bulksms:problem:rate-limited", (await refused.Content.ReadFromJsonAsync(ProblemDocument.Json))!.Type);
        var other = issuer.Token(token => token.Subject.AddClaim(new("oid", "caller-2")), CallerRoles.Read);
        Assert.Equal(HttpStatusCode.OK, await Callers.AskAsync(app, "GET v1/broadcasts", key: true, other));
    }

    [Fact]
    public async Task Stops_AfterAFloodOfRequests_AreStillAnswered()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Limits:RequestsPerMinute", "3")], pumping: false);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        string[] stops = ["GET health/ready", $"POST v1/broadcasts/{accepted.BroadcastId}/pause", $"POST v1/broadcasts/{accepted.BroadcastId}/cancel", "POST v1/optouts", "POST v1/sending/suspend"];
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await Callers.AskAsync(app, "GET v1/broadcasts", key: true, token: null));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await Callers.AskAsync(app, "GET v1/broadcasts", key: true, token: null));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Callers.AskAsync(app, "POST v1/sending/resume", key: true, token: null));
        foreach (var stop in stops)
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.NotEqual(HttpStatusCode.TooManyRequests, await Callers.AskAsync(app, stop, key: true, token: null));
            }

            Assert.Equal(HttpStatusCode.TooManyRequests, await Callers.AskAsync(app, stop, key: true, token: null)); // a bucket each, and none without a bottom
        }
    }

    [Fact]
    public async Task Recipients_TooManyADay_Are429AndNothingIsAccepted()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Limits:RecipientsPerDay", "5")], pumping: false);
        using var tooManyAtOnce = await app.PostAsync("Hello", TestApp.Numbers(6));
        await app.BroadcastAsync("Hello", TestApp.Numbers(4));

        using var refused = await app.PostAsync("Hello", TestApp.Numbers(2));
        await app.BroadcastAsync("Hello", TestApp.Numbers(1));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.TooManyRequests), (tooManyAtOnce.StatusCode, refused.StatusCode));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(2, (await app.Http.GetFromJsonAsync("/api/v1/broadcasts", ApiJson.Default.BroadcastPage))!.Broadcasts.Count);
    }

    [Fact]
    public async Task Recipients_OfARepeatedRequest_CountOnce()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Limits:RecipientsPerDay", "3")], pumping: false);
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");

        var first = await app.BroadcastAsync("Hello", TestApp.Numbers(3));
        var repeated = await app.BroadcastAsync("Hello", TestApp.Numbers(3));

        Assert.Equal(first, repeated);
    }
}
