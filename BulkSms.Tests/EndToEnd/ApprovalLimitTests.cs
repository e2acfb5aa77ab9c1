using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Which broadcasts need an approval. What becomes of those: <see cref="ApprovalTests"/>.</summary>
public sealed class ApprovalLimitTests(MemoryFixture memory) : IAsyncLifetime
{
    private TokenIssuer issuer = null!;

    public async ValueTask InitializeAsync() => issuer = await TokenIssuer.StartAsync();

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Fact]
    public async Task Broadcast_UpToTheLimit_NeedsNone()
    {
        await using var app = await StartAsync();

        var accepted = await app.BroadcastAsync("Hello", Approvals.Numbers(1));
        var view = await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal(("preparing", null), (accepted.Status, view.Approval));
        using var approved = await Approvals.DecideAsync(app.Http, issuer, accepted.BroadcastId, "approve");
        Assert.Equal(HttpStatusCode.Conflict, approved.StatusCode);
    }

    public static TheoryData<string, string, int, string[], bool> Limits => new()
    {
        { "recipients", "10", 1, [], false },
        { "recipients", "10", 11, [], true },
        { "recipients", "10", 10, [], false },
        { "recipients", "0", 1, [], true },
        { "recipients", "10", 1, ["+15551230001"], true }, // no country, no price
        { "cost", "0.0158", 2, [], false },
        { "cost", "0.0158", 3, [], true },
        { "cost", "1000", 1, ["+4915123456789"], true },
    };

    // The preview says what the broadcast's own answer says then.
    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Limit_OfEachKind_AsksAboveIt(string kind, string limit, int count, string[] others, bool asks)
    {
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(), [.. issuer.Settings, new(kind == "cost" ? "Approval:RequiredAboveCost" : "Approval:RequiredAboveRecipients", limit)], pumping: false);
        Approvals.SignIn(app.Http, issuer);
        var body = JsonSerializer.Serialize(new { message = "Hello", recipients = Approvals.Numbers(count).Concat(others) });

        using var previewed = await app.PostJsonAsync(body, "/api/v1/broadcasts/preview");
        var accepted = await app.BroadcastJsonAsync(body);

        Assert.Equal(asks ? true : null, (await previewed.Content.ReadFromJsonAsync(ApiJson.Default.PreviewView))!.NeedsApproval);
        Assert.Equal(asks ? "awaitingApproval" : "preparing", accepted.Status);
    }

    [Fact]
    public async Task TestText_IsSentWithoutAnApproval()
    {
        await using var app = await StartAsync();

        using var sent = await app.PostJsonAsync("""{"message": "Hello", "recipients": ["+12015550101", "+12015550102"], "testTo": "+15551230001"}""", "/api/v1/broadcasts/test");

        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        await app.CompletedAsync((await sent.Content.ReadFromJsonAsync(ApiJson.Default.TestView))!.BroadcastId);
    }

    private async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync(memory.NewAccount(), Approvals.Settings(issuer));
        Approvals.SignIn(app.Http, issuer);
        return app;
    }
}
