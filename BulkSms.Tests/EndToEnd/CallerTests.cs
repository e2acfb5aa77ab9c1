using System.Net;
using System.Net.Http.Json;
using BulkSms.Broadcasts;
using BulkSms.LocalHost;
using BulkSms.Security;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Who a caller is: for limits, for idempotency keys, and as it is kept on a broadcast.</summary>
public sealed class CallerTests(MemoryFixture memory)
{
    private static readonly string[] Roles = [CallerRoles.Send, CallerRoles.Read, CallerRoles.Manage];

    [Fact]
    public async Task Broadcast_OfATokensOwner_KeepsWhoItWas()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);
        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(Roles));

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        Assert.Equal("caller-1", (await app.GetAsync(accepted.BroadcastId)).CreatedBy);
    }

    [Theory]
    [InlineData("shop", "shop")]
    [InlineData(null, "key")]
    public async Task Broadcast_OfAKeysHolder_KeepsItsName(string? name, string createdBy)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), name is null ? [] : Named(name, TestApp.Key), pumping: false);

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");

        Assert.Equal(createdBy, (await app.GetAsync(accepted.BroadcastId)).CreatedBy);
    }

    public static TheoryData<string, string[], string[], bool> Replaced => new()
    {
        { "named, both keys configured", ["shop", "new-key", "shop", TestApp.Key], ["shop", "new-key"], true },
        { "named, spelled in another case after a deployment", ["SHOP", TestApp.Key], ["shop", "new-key"], true },
        { "not named", [], [], true },
        { "two names", ["shop", TestApp.Key], ["office", "new-key"], false },
        { "named, and then not", ["shop", TestApp.Key], [], false },
        { "not named, and then named", [], ["shop", "new-key"], false },
    };

    // A lost 202 is repeated after the key was replaced: it must not become a second broadcast.
    [Theory]
    [MemberData(nameof(Replaced))]
    public async Task IdempotencyKey_AfterTheFunctionKeyWasReplaced_IsTheNames(string what, string[] before, string[] after, bool isTheSame)
    {
        var storage = memory.NewAccount();
        await using var first = await TestApp.StartAsync(storage, Named(before), pumping: false);
        await using var second = await TestApp.StartAsync(storage, [.. Named(after), new(LocalHostApp.KeySetting, "new-key")], pumping: false, twilio: first.Twilio);
        second.Http.DefaultRequestHeaders.Remove(FunctionKey.Header);
        second.Http.DefaultRequestHeaders.Add(FunctionKey.Header, "new-key");
        first.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");
        second.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");

        var accepted = await first.BroadcastAsync("Hello", "+15551230001");
        var repeated = await second.BroadcastAsync("Hello", "+15551230001");

        Assert.True(isTheSame == (accepted.BroadcastId == repeated.BroadcastId), what);
    }

    // A token's subject may be the very word that a key's holder is named by.
    [Fact]
    public async Task IdempotencyKey_OfATokenNamedAsAKeysHolder_IsAnother()
    {
        var storage = memory.NewAccount();
        await using var issuer = await TokenIssuer.StartAsync();
        await using var keyed = await TestApp.StartAsync(storage, Named("shop", TestApp.Key), pumping: false);
        await using var tokened = await TestApp.StartAsync(storage, [.. issuer.Settings, .. Named("shop", TestApp.Key)], pumping: false, twilio: keyed.Twilio);
        tokened.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(token => token.Subject.AddClaim(new("oid", "shop")), Roles));
        keyed.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");
        tokened.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");

        var byKey = await keyed.BroadcastAsync("Hello", "+15551230001");
        var byToken = await tokened.BroadcastAsync("Hello", "+15551230001");

        Assert.NotEqual(byKey.BroadcastId, byToken.BroadcastId);
        Assert.Equal("shop", (await tokened.GetAsync(byToken.BroadcastId)).CreatedBy);
    }

    [Fact]
    public async Task IdempotencyKey_OfTwoTokens_IsTwoKeys()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), issuer.Settings, pumping: false);
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");

        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(Roles));
        var first = await app.BroadcastAsync("Hello", "+15551230001");
        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token(token => token.Subject.AddClaim(new("oid", "caller-2")), Roles));
        var second = await app.BroadcastAsync("Hello", "+15551230001");

        Assert.NotEqual(first.BroadcastId, second.BroadcastId);
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
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. Named("shop", TestApp.Key), new("Limits:RequestsPerMinute", "3")], pumping: false);
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");
        var first = await app.BroadcastAsync("Hello", "+15551230001");
        using var other = ContractHandler.NewClient(app.Url);
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
        Assert.Equal("shop", (await app.Service<BroadcastStore>().FindAsync(first.BroadcastId, default))!.CreatedBy);
    }

    // Names and keys in turn.
    private static KeyValuePair<string, string?>[] Named(params string[] holders) =>
    [
        .. holders.Chunk(2).GroupBy(each => each[0], each => Callers.HashOf(each[1]), StringComparer.Ordinal)
            .Select(each => new KeyValuePair<string, string?>($"Callers:{each.Key}:KeyHashes", string.Join(',', each))),
    ];
}
