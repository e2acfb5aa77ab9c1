using System.Net;
using BulkSms.Http;
using BulkSms.Security;
using BulkSms.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Which routes are open to whom.</summary>
public sealed class CallerRoleTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private static readonly string[] Roles = [CallerRoles.Send, CallerRoles.Read, CallerRoles.Manage, CallerRoles.Approve];

    /// <summary>Every route and the role that it needs, spelled out.</summary>
    private static readonly Dictionary<string, string> Needed = new(StringComparer.Ordinal)
    {
        ["POST v1/broadcasts"] = CallerRoles.Send,
        ["POST v1/broadcasts/preview"] = CallerRoles.Send,
        ["POST v1/broadcasts/test"] = CallerRoles.Send,
        ["GET v1/broadcasts"] = CallerRoles.Read,
        ["GET v1/broadcasts/{id}"] = CallerRoles.Read,
        ["GET v1/broadcasts/{id}/recipients"] = CallerRoles.Read,
        ["GET v1/broadcasts/{id}/results.csv"] = CallerRoles.Read,
        ["GET v1/broadcasts/{id}/skipped"] = CallerRoles.Read,
        ["GET v1/broadcasts/{id}/skipped.csv"] = CallerRoles.Read,
        ["DELETE v1/broadcasts/{id}"] = CallerRoles.Manage,
        ["POST v1/broadcasts/{id}/pause"] = CallerRoles.Manage,
        ["POST v1/broadcasts/{id}/resume"] = CallerRoles.Manage,
        ["POST v1/broadcasts/{id}/cancel"] = CallerRoles.Manage,
        ["POST v1/broadcasts/{id}/approve"] = CallerRoles.Approve,
        ["POST v1/broadcasts/{id}/reject"] = CallerRoles.Approve,
        ["GET v1/sending"] = CallerRoles.Read,
        ["POST v1/sending/suspend"] = CallerRoles.Manage,
        ["POST v1/sending/resume"] = CallerRoles.Manage,
        ["GET v1/profiles"] = CallerRoles.Send,
        ["GET v1/doctor"] = CallerRoles.Manage,
        ["GET v1/prices"] = CallerRoles.Read,
        ["POST v1/prices/import"] = CallerRoles.Manage,
        ["GET v1/poison"] = CallerRoles.Read,
        ["POST v1/poison/replay"] = CallerRoles.Manage,
        ["GET v1/optouts"] = CallerRoles.Read,
        ["POST v1/optouts"] = CallerRoles.Manage,
        ["GET v1/optouts/export"] = CallerRoles.Read,
        ["POST v1/optouts/lookup"] = CallerRoles.Read,
        ["POST v1/optouts/remove"] = CallerRoles.Manage,
        ["GET v1/optouts/review"] = CallerRoles.Read,
        ["GET v1/replies"] = CallerRoles.Read,
        ["POST v1/broadcasts/{id}/recipients/lookup"] = CallerRoles.Read,
        ["POST v1/optouts/review"] = CallerRoles.Manage,
        ["GET v1/audit"] = CallerRoles.Manage,
        ["GET v1/event-endpoints"] = CallerRoles.Manage,
        ["GET v1/event-endpoints/{id}"] = CallerRoles.Manage,
        ["PUT v1/event-endpoints/{id}"] = CallerRoles.Manage,
        ["DELETE v1/event-endpoints/{id}"] = CallerRoles.Manage,
        ["POST v1/event-endpoints/{id}/rotate"] = CallerRoles.Manage,
        ["POST v1/event-endpoints/{id}/test"] = CallerRoles.Manage,
        ["GET v1/event-endpoints/{id}/deliveries"] = CallerRoles.Manage,
        ["POST v1/event-endpoints/{id}/deliveries/replay"] = CallerRoles.Manage,
        ["POST v1/people/export"] = CallerRoles.Manage,
        ["POST v1/people/erase"] = CallerRoles.Manage,
        ["GET v1/people/jobs/{id}"] = CallerRoles.Manage,
        ["GET v1/people/jobs/{id}/result"] = CallerRoles.Manage,
        ["GET health/ready"] = CallerRoles.Read,
    };

    /// <summary>Routes without key and token, with what they answer to an empty JSON object.</summary>
    private static readonly Dictionary<string, HttpStatusCode> Open = new(StringComparer.Ordinal)
    {
        ["GET health"] = HttpStatusCode.OK,
        ["GET console/{*path}"] = HttpStatusCode.NotFound, // no file of that name
        ["GET openapi.json"] = HttpStatusCode.OK,
        ["POST webhooks/status"] = HttpStatusCode.UnsupportedMediaType,
        ["POST webhooks/clicks"] = HttpStatusCode.Forbidden,
        ["POST webhooks/optout"] = HttpStatusCode.UnsupportedMediaType,
    };

    private static readonly HttpStatusCode[] Refusals = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.TooManyRequests];

    [Fact]
    public async Task EveryRoute_ByEveryCaller_IsOpenOnlyToItsRole()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);
        Assert.Equal(Needed.Keys.Concat(Open.Keys).Order(StringComparer.Ordinal), RoutesOf(app).Order(StringComparer.Ordinal));

        foreach (var (route, needed) in Needed)
        {
            Assert.Equal((route, HttpStatusCode.Unauthorized), (route, await Callers.AskAsync(app, route, key: false, issuer.Token(Roles))));
            Assert.Equal((route, HttpStatusCode.Unauthorized), (route, await Callers.AskAsync(app, route, key: true, token: null)));
            Assert.Equal((route, HttpStatusCode.Forbidden), (route, await Callers.AskAsync(app, route, key: true, issuer.Token())));
            foreach (var role in Roles.Where(role => role != needed))
            {
                Assert.Equal((route, role, HttpStatusCode.Forbidden), (route, role, await Callers.AskAsync(app, route, key: true, issuer.Token(role))));
            }

            Assert.DoesNotContain(await Callers.AskAsync(app, route, key: true, issuer.Token(needed)), Refusals);
        }
    }

    [Fact]
    public async Task OpenRoute_ByEveryCaller_AnswersAlike()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);

        foreach (var (route, answer) in Open)
        {
            foreach (var token in new[] { null, "none", issuer.Token(), issuer.Token(Roles) })
            {
                Assert.Equal((route, answer), (route, await Callers.AskAsync(app, route, key: false, token)));
                Assert.Equal((route, answer), (route, await Callers.AskAsync(app, route, key: true, token)));
            }
        }
    }

    // Neither a key nor a token stands in for Twilio's signature.
    [Theory]
    [InlineData("POST webhooks/status")]
    [InlineData("POST webhooks/clicks")]
    [InlineData("POST webhooks/optout")]
    public async Task Webhook_WithoutTwiliosSignature_RefusesEveryCaller(string route)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);

        foreach (var token in new[] { null, issuer.Token(Roles) })
        {
            using var form = new FormUrlEncodedContent([new("From", Ada), new("Body", "STOP"), new("MessageSid", "SM" + new string('a', 32)), new("MessageStatus", "sent")]);
            Assert.Equal(HttpStatusCode.Forbidden, await Callers.AskAsync(app, route, key: true, token, form));
        }

        Assert.Contains("signature", app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhooks_SignedByTwilio_NeedNeitherKeyNorToken()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings);
        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(Roles));
        var accepted = await app.BroadcastAsync("Hello", Ada);

        var stopped = await app.Twilio.SendInboundAsync(new(app.Url, "/api/webhooks/optout"), Ada, "STOP", null);

        Assert.Equal(200, stopped);
        using var listed = await app.LookUpOptOutAsync(Ada);
        Assert.Equal(HttpStatusCode.OK, listed.StatusCode);
        Assert.Equal(1, (await app.CompletedAsync(accepted.BroadcastId)).Progress.Final); // delivered, or opted out before
    }

    private static IEnumerable<string> RoutesOf(TestApp app) => app.Service<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)) // LocalHost has a page of its own beside them
        .Where(endpoint => !endpoint.RoutePattern.RawText!.EndsWith(Routes.ConsoleCalls, StringComparison.Ordinal)) // ConsoleCallTests
        .Select(endpoint => $"{endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods[0]} {endpoint.RoutePattern.RawText!.TrimStart('/')["api/".Length..]}");
}
