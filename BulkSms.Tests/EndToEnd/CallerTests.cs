using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.LocalHost;
using BulkSms.Security;
using BulkSms.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.IdentityModel.Tokens;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Who may do what: function key, token, roles, limits.</summary>
public sealed class CallerTests(AzuriteFixture azurite)
{
    private const string Id = "0123456789abcdef0123456789ab";
    private static readonly string[] Roles = [CallerRoles.Send, CallerRoles.Read, CallerRoles.Manage];

    /// <summary>Every route and the role that it needs, spelled out; null: no key and no token.</summary>
    private static readonly Dictionary<string, string?> Needed = new(StringComparer.Ordinal)
    {
        ["POST v1/broadcasts"] = CallerRoles.Send,
        ["POST v1/broadcast"] = CallerRoles.Send,
        ["POST v1/broadcasts/preview"] = CallerRoles.Send,
        ["GET v1/broadcasts"] = CallerRoles.Read,
        ["GET v1/broadcasts/{id}"] = CallerRoles.Read,
        ["GET v1/broadcasts/{id}/recipients"] = CallerRoles.Read,
        ["GET v1/broadcasts/{id}/results.csv"] = CallerRoles.Read,
        ["DELETE v1/broadcasts/{id}"] = CallerRoles.Manage,
        ["POST v1/broadcasts/{id}/pause"] = CallerRoles.Manage,
        ["POST v1/broadcasts/{id}/resume"] = CallerRoles.Manage,
        ["POST v1/broadcasts/{id}/cancel"] = CallerRoles.Manage,
        ["GET v1/sending"] = CallerRoles.Read,
        ["POST v1/sending/suspend"] = CallerRoles.Manage,
        ["POST v1/sending/resume"] = CallerRoles.Manage,
        ["GET v1/poison"] = CallerRoles.Read,
        ["POST v1/poison/replay"] = CallerRoles.Manage,
        ["GET v1/optouts"] = CallerRoles.Read,
        ["POST v1/optouts"] = CallerRoles.Manage,
        ["GET v1/optouts/export"] = CallerRoles.Read,
        ["POST v1/optouts/lookup"] = CallerRoles.Read,
        ["POST v1/optouts/remove"] = CallerRoles.Manage,
        ["GET health/ready"] = CallerRoles.Read,
        ["GET health"] = null,
        ["POST webhooks/status"] = null,
        ["POST webhooks/optout"] = null,
    };

    [Fact]
    public async Task EveryRoute_ByEveryCaller_IsOpenOnlyToItsRole()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), issuer.Settings, pumping: false);
        Assert.Equal(Needed.Keys.Order(StringComparer.Ordinal), RoutesOf(app).Order(StringComparer.Ordinal));

        foreach (var (route, needed) in Needed)
        {
            var isOpen = needed is null;
            Assert.Equal(isOpen ? null : HttpStatusCode.Unauthorized, Refusal(await AskAsync(app, route, key: false, token: issuer.Token(Roles)), isOpen));
            Assert.Equal(isOpen ? null : HttpStatusCode.Unauthorized, Refusal(await AskAsync(app, route, key: true, token: null), isOpen));
            Assert.Equal(isOpen ? null : HttpStatusCode.Forbidden, Refusal(await AskAsync(app, route, key: true, issuer.Token()), isOpen));
            foreach (var role in Roles)
            {
                var expected = isOpen || role == needed ? (HttpStatusCode?)null : HttpStatusCode.Forbidden;
                Assert.True(expected == Refusal(await AskAsync(app, route, key: true, issuer.Token(role)), isOpen), $"{route} as {role}");
            }
        }
    }

    public static TheoryData<string> Bad => [.. BadTokens.Keys];

    private static readonly Dictionary<string, Action<TokenIssuer, SecurityTokenDescriptor>> BadTokens = new(StringComparer.Ordinal)
    {
        ["another audience"] = (_, token) => token.Audience = "another-api",
        ["another issuer"] = (_, token) => token.Issuer = "https://elsewhere.invalid",
        ["expired"] = (_, token) => (token.NotBefore, token.Expires) = (token.NotBefore!.Value.AddHours(-2), token.Expires!.Value.AddHours(-1)),
        ["not valid yet"] = (_, token) => (token.NotBefore, token.Expires) = (token.NotBefore!.Value.AddHours(1), token.Expires!.Value.AddHours(2)),
        ["for ever"] = (_, token) => token.Expires = null,
        ["not signed"] = (_, token) => token.SigningCredentials = null,
        ["signed with the public key as a secret"] = (issuer, token) => token.SigningCredentials = issuer.PublicKeyAsSecret(),
        ["signed by somebody else under this key id"] = (issuer, token) => token.SigningCredentials = issuer.ForgedKey(),
        ["of nobody"] = (_, token) => token.Subject = new([new("azp", "calling-app"), new("roles", CallerRoles.Read)]),
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Token_ThatIsBad_Is401(string fault)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), issuer.Settings, pumping: false);
        const string Route = "GET v1/broadcasts";
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, Route, key: true, issuer.Token(CallerRoles.Read)));

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(app, Route, key: true, issuer.Token(token => BadTokens[fault](issuer, token), CallerRoles.Read)));
    }

    // Claims as in Entra ID's tokens, with made-up values; all of them for this audience, signed, and with the role.
    private const string Signed = "sub=S oid=O tid=T ver=2.0 ";

    [Theory]
    [InlineData("ID token", Signed + "name=Ada preferred_username=ada@example.com nonce=n rh=r uti=u", null, HttpStatusCode.Unauthorized)]
    [InlineData("ID token without a nonce", Signed + "name=Ada preferred_username=ada@example.com", null, HttpStatusCode.Unauthorized)]
    [InlineData("ID token, version 1", "sub=S oid=O tid=T ver=1.0 name=Ada unique_name=ada@example.com amr=pwd", null, HttpStatusCode.Unauthorized)]
    [InlineData("another issuer's ID token, with azp", "sub=S azp=A at_hash=h nonce=n", null, HttpStatusCode.Unauthorized)]
    [InlineData("of a hybrid flow", "sub=S azp=A c_hash=h", null, HttpStatusCode.Unauthorized)]
    [InlineData("delegated", Signed + "azp=A azpacr=1 scp=access_as_user name=Ada", null, HttpStatusCode.OK)]
    [InlineData("delegated, version 1", "sub=S oid=O tid=T ver=1.0 appid=A appidacr=1 scp=access_as_user", null, HttpStatusCode.OK)]
    [InlineData("app-only", Signed + "azp=A azpacr=1", null, HttpStatusCode.OK)]
    [InlineData("app-only, version 1", "sub=S oid=O tid=T ver=1.0 appid=A appidacr=1", null, HttpStatusCode.OK)]
    [InlineData("RFC 9068", "sub=S client_id=A jti=j", "at+jwt", HttpStatusCode.OK)]
    [InlineData("RFC 9068 in full", "sub=S client_id=A jti=j", "application/at+jwt", HttpStatusCode.OK)]
    public async Task Token_OfEachKind_PassesOnlyForAccess(string kind, string claims, string? type, HttpStatusCode expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), issuer.Settings, pumping: false);
        var token = issuer.Token(descriptor =>
        {
            descriptor.Subject = new([.. claims.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(claim => new System.Security.Claims.Claim(claim.Split('=')[0], claim.Split('=')[1])), new("roles", CallerRoles.Read)]);
            descriptor.TokenType = type ?? descriptor.TokenType;
        });

        Assert.True(expected == await AskAsync(app, "GET v1/broadcasts", key: true, token), kind);
    }

    [Theory]
    [InlineData("status=Sch%F6n", "status")]
    [InlineData("cursor=%", "cursor")]
    [InlineData("limit=1%2", "limit")]
    [InlineData("a=1&%zz=%zz", "query")]
    [InlineData("a=%C3%B6&b=%C3", "b")]
    public async Task Address_ThatIsNotEncoded_Is400NamingTheParameter(string query, string name)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        using var refused = await app.Http.GetAsync(new Uri($"{app.Url}api/v1/broadcasts?{query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal([name], (await refused.Content.ReadFromJsonAsync(ProblemDocument.Json))!.Errors!.Keys);
    }

    [Theory]
    [InlineData("elsewhere.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.elsewhere.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:7071", HttpStatusCode.OK)]
    [InlineData("sms.example", HttpStatusCode.OK)] // as Twilio calls it
    public async Task LocalHost_ByAnotherName_IsRefused(string host, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [new("Webhooks:PublicBaseUrl", "https://sms.example")], pumping: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/health");
        request.Headers.Host = host;

        using var response = await app.Http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Token_OfAKeyThatIsNew_MakesTheKeysBeReadAgain()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), issuer.Settings, pumping: false);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, "GET v1/broadcasts", key: true, issuer.Token(CallerRoles.Read)));

        issuer.RotateKey();

        await Eventually.GetAsync(() => AskAsync(app, "GET v1/broadcasts", key: true, issuer.Token(CallerRoles.Read)), status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Broadcast_OfATokensOwner_KeepsWhoItWas()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), issuer.Settings, pumping: false);
        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(Roles));

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        Assert.Equal("caller-1", (await app.GetAsync(accepted.BroadcastId)).CreatedBy);
    }

    [Fact]
    public async Task IdempotencyKey_OfTwoTokens_IsTwoKeys()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), issuer.Settings, pumping: false);
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");

        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(Roles));
        var first = await app.BroadcastAsync("Hello", "+15551230001");
        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(token => token.Subject.AddClaim(new("oid", "caller-2")), Roles));
        var second = await app.BroadcastAsync("Hello", "+15551230001");

        Assert.NotEqual(first.BroadcastId, second.BroadcastId);
    }

    [Fact]
    public async Task Requests_TooMany_Are429ByCallerWithATimeToWait()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [.. issuer.Settings, new("Limits:RequestsPerMinute", "3")], pumping: false);
        var one = issuer.Token(CallerRoles.Read);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await AskAsync(app, "GET v1/broadcasts", key: true, one));
        }

        using var request = Request("GET v1/broadcasts", one);
        using var refused = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("urn:bulksms:problem:rate-limited", (await refused.Content.ReadFromJsonAsync(ProblemDocument.Json))!.Type);
        var other = issuer.Token(token => token.Subject.AddClaim(new("oid", "caller-2")), CallerRoles.Read);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, "GET v1/broadcasts", key: true, other));
    }

    [Fact]
    public async Task Stops_AfterAFloodOfRequests_AreStillAnswered()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [new("Limits:RequestsPerMinute", "3")], pumping: false);
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        string[] stops = ["GET health/ready", $"POST v1/broadcasts/{accepted.BroadcastId}/pause", $"POST v1/broadcasts/{accepted.BroadcastId}/cancel", "POST v1/optouts", "POST v1/sending/suspend"];
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await AskAsync(app, "GET v1/broadcasts", key: true, token: null));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(app, "GET v1/broadcasts", key: true, token: null));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(app, "POST v1/sending/resume", key: true, token: null));
        foreach (var stop in stops)
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.NotEqual(HttpStatusCode.TooManyRequests, await AskAsync(app, stop, key: true, token: null));
            }

            Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(app, stop, key: true, token: null)); // a bucket each, and none without a bottom
        }
    }

    public static TheoryData<string[], string> SpelledKeys => new()
    {
        { [], $"?code={TestApp.Key}" },
        { [TestApp.Key], "?code=x" },
        { [], $"?code={TestApp.Key}&code=x" },
        { [], $"?CODE={TestApp.Key}&code=y" },
    };

    // Limits and idempotency keys are a caller's: who spells its key in another way must not become another one.
    [Theory]
    [MemberData(nameof(SpelledKeys))]
    public async Task Caller_HoweverTheKeyIsSpelled_IsTheSame(string[] headers, string query)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [new("Limits:RequestsPerMinute", "3")], pumping: false);
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");
        var first = await app.BroadcastAsync("Hello", "+15551230001");
        using var other = new HttpClient { BaseAddress = app.Url };
        other.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");
        foreach (var header in headers)
        {
            other.DefaultRequestHeaders.Add(FunctionKey.Header, header);
        }

        using var repeated = await other.PostAsJsonAsync($"/api/v1/broadcasts{query}", new { message = "Hello", recipients = new[] { "+15551230001" } });
        using var last = await app.Http.GetAsync("/api/v1/broadcasts");
        using var tooMany = await other.GetAsync($"/api/v1/broadcasts{query}");

        Assert.Equal(first, await repeated.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (last.StatusCode, tooMany.StatusCode));
    }

    // What reaches the app on the Functions host, which has checked the first alone.
    [Theory]
    [InlineData("K", "K,x")]
    [InlineData("K", "K, x")]
    [InlineData("K", " K ,x,y")]
    public void ByKey_JoinedKeys_AreTheFirst(string key, string joined)
    {
        Assert.Equal(Caller.ByKey(Keyed(key)), Caller.ByKey(Keyed(joined)));
        Assert.NotEqual(Caller.ByKey(Keyed("x")), Caller.ByKey(Keyed(joined)));

        static HttpRequest Keyed(string value) => new DefaultHttpContext { Request = { QueryString = QueryString.Create("code", value) } }.Request;
    }

    [Fact]
    public async Task Recipients_TooManyADay_Are429AndNothingIsAccepted()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [new("Limits:RecipientsPerDay", "5")], pumping: false);
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
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [new("Limits:RecipientsPerDay", "3")], pumping: false);
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");

        var first = await app.BroadcastAsync("Hello", TestApp.Numbers(3));
        var repeated = await app.BroadcastAsync("Hello", TestApp.Numbers(3));

        Assert.Equal(first, repeated);
    }

    private static IEnumerable<string> RoutesOf(TestApp app) => app.Service<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)) // LocalHost has a page of its own beside them
        .Select(endpoint => $"{endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods[0]} {endpoint.RoutePattern.RawText!.TrimStart('/')["api/".Length..]}");

    private static async Task<HttpStatusCode> AskAsync(TestApp app, string route, bool key, string? token)
    {
        using var request = Request(route, token);
        using var stranger = new HttpClient { BaseAddress = app.Url };
        using var response = await (key ? app.Http : stranger).SendAsync(request);
        return response.StatusCode;
    }

    private static HttpRequestMessage Request(string route, string? token)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].Replace("{id}", Id, StringComparison.Ordinal));
        var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/api/{path}");
        if (method is "POST" or "PUT")
        {
            request.Content = JsonContent.Create(new { });
        }

        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    // A webhook answers 415 or 403 by itself: that is Twilio's signature, not the caller's.
    private static HttpStatusCode? Refusal(HttpStatusCode status, bool isOpen) =>
        !isOpen && status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? status : null;
}
