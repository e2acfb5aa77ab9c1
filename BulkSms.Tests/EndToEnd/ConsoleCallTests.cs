using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using BulkSms.Security;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.EndToEnd;

/// <summary>The console's calls: by a token alone, to the same routes with the same roles.</summary>
public sealed class ConsoleCallTests(MemoryFixture memory)
{
    private const string Calls = "/api/console/api";
    private static readonly KeyValuePair<string, string?>[] Console = [new("Console:ClientId", "console-app")];

    [Fact]
    public async Task Call_WithoutAuth_IsNoRoute()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app, "GET", "/v1/broadcasts", null));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app, "POST", "/v1/sending/suspend", null));
        using var withKey = await app.Http.PostAsync($"{Calls}/v1/sending/suspend", null);
        Assert.Equal(HttpStatusCode.NotFound, withKey.StatusCode);
        Assert.Equal("running", (await app.Http.GetFromJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!.Status);
    }

    [Fact]
    public async Task EveryRoute_ByATokenAlone_IsOpenOnlyToItsRole()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);

        foreach (var endpoint in ApiEndpoints.All.Where(each => each.Role is not null))
        {
            var path = "/" + endpoint.Route.Replace("{id}", "0123456789abcdef0123456789ab", StringComparison.Ordinal);
            var others = new[] { CallerRoles.Send, CallerRoles.Read, CallerRoles.Manage }.Where(role => role != endpoint.Role).ToArray();

            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await AskAsync(app, endpoint.Method, path, null)));
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await AskAsync(app, endpoint.Method, path, "none")));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, await AskAsync(app, endpoint.Method, path, issuer.Token(others))));
            Assert.DoesNotContain(await AskAsync(app, endpoint.Method, path, issuer.Token(endpoint.Role!)), new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.MethodNotAllowed });
        }
    }

    [Fact]
    public async Task Call_WithAKey_IsRefused()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);

        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(CallerRoles.Read));
        using var withBoth = await app.Http.GetAsync($"{Calls}/v1/broadcasts");

        Assert.Equal(HttpStatusCode.Unauthorized, withBoth.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(app, "GET", $"/v1/broadcasts?code={TestApp.Key}", issuer.Token(CallerRoles.Read)));
    }

    [Theory]
    [InlineData("GET", "/health", HttpStatusCode.NotFound)]
    [InlineData("GET", "/console/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/console/api/v1/broadcasts", HttpStatusCode.NotFound)]
    [InlineData("POST", "/webhooks/status", HttpStatusCode.NotFound)]
    [InlineData("POST", "/webhooks/optout", HttpStatusCode.NotFound)]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/../v1/broadcasts", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/v1/sending", HttpStatusCode.MethodNotAllowed)]
    public async Task Call_ToWhatIsNoCall_ReachesNothing(string method, string path, HttpStatusCode expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);

        Assert.Equal(expected, await AskAsync(app, method, path, issuer.Token(CallerRoles.Send, CallerRoles.Read, CallerRoles.Manage)));
    }

    [Fact]
    public async Task Call_OfABroadcast_IsTheSameAsTheApis()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. issuer.Settings, new("Limits:RequestsPerMinute", "6")], pumping: false);
        using var person = new HttpClient { BaseAddress = app.Url };
        person.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer.Token(CallerRoles.Send, CallerRoles.Read));

        using var sent = await person.PostAsJsonAsync($"{Calls}/v1/broadcasts", new { message = "Hello", recipients = new[] { "+15551230001" } });
        var id = (await sent.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!.BroadcastId;
        var seen = (await person.GetFromJsonAsync($"{Calls}/v1/broadcasts/{id}", ApiJson.Default.BroadcastView))!;
        using var misspelled = await person.GetAsync($"{Calls}/v1/broadcasts?stats=sending");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++)
        {
            using var answer = await person.GetAsync($"{Calls}/v1/broadcasts");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal((HttpStatusCode.Accepted, id, "caller-1"), (sent.StatusCode, seen.BroadcastId, seen.CreatedBy));
        Assert.Equal(HttpStatusCode.BadRequest, misspelled.StatusCode);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task Console_ThatSignsIn_MayCallTheIssuerAndNoOtherSite()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. issuer.Settings, .. Console], pumping: false);
        await using var plain = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var page = await app.Http.GetAsync("/api/console/");
        using var plainPage = await plain.Http.GetAsync("/api/console/");

        Assert.Contains($"connect-src 'self' {issuer.Address}; base-uri 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'; base-uri 'none'", plainPage.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal($$"""{"authority":"{{issuer.Address}}","clientId":"console-app","scope":"{{TokenIssuer.Audience}}/.default"}""", await app.Http.GetStringAsync("/api/console/sign-in.json"));
        Assert.Equal("null", await plain.Http.GetStringAsync("/api/console/sign-in.json"));
    }

    [Fact]
    public async Task Console_ThatWouldSignInNowhere_DoesNotStart()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => TestApp.StartAsync(memory.NewAccount(), Console, pumping: false));

        Assert.Contains("Auth:Authority is missing", error.ToString(), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> AskAsync(TestApp app, string method, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), Calls + path);
        request.Content = method == "POST" ? JsonContent.Create(new { }) : null;
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var stranger = new HttpClient { BaseAddress = app.Url };
        using var response = await stranger.SendAsync(request);
        return response.StatusCode;
    }
}
