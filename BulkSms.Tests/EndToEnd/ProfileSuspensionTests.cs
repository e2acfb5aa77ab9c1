using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A profile is suspended by itself, by an operator or by what Twilio refuses its account, and shown so.</summary>
public sealed class ProfileSuspensionTests(MemoryFixture memory)
{
    private const string Ada = "+12015550101";
    private static readonly OtherAccount Alerts = new("AC00000000000000000000000000a1e475", "a1e475a1e475a1e475a1e475a1e475a1", "MG00000000000000000000000000a1e475");

    private static readonly KeyValuePair<string, string?>[] Settings =
    [
        new("Profiles:alerts:MessagingServiceSid", Alerts.MessagingServiceSid), new("Profiles:alerts:AccountSid", Alerts.AccountSid), new("Profiles:alerts:AuthToken", Alerts.AuthToken),
        new("Profiles:alerts:SegmentsPerSecond", "3"), new("Broadcasts:RequeueAfter", "00:00:01"),
    ];

    [Fact]
    public async Task Suspend_OneProfile_HoldsWhatItSendsAlone()
    {
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts] });
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Settings, twilio: twilio);

        var suspended = await ChangeAsync(app, "suspend?profile=ALERTS");
        var held = await app.BroadcastJsonAsync($$"""{"profile": "alerts", "message": "Hello", "recipients": ["{{Ada}}"]}""");
        await app.CompletedAsync((await app.BroadcastAsync("Mine", "+12015550102")).BroadcastId);

        Assert.Equal("running", suspended.Status);
        Assert.Equal(["default running", "alerts suspended"], suspended.Profiles!.Select(each => $"{each.Profile} {each.Status}"));
        Assert.Equal((RecipientStatus.Pending, "suspended"), Assert.Single(await app.RecipientsAsync(held.BroadcastId)) is var row ? (row.Status, row.HeldFor) : default);
        Assert.Empty(twilio.Messages.CallsFor(Ada));

        var resumed = await ChangeAsync(app, "resume?profile=alerts");
        await app.CompletedAsync(held.BroadcastId);
        Assert.Equal([("default", "running", 10_000), ("alerts", "running", 3)], resumed.Profiles!.Select(each => (each.Profile, each.Status, each.SegmentsPerSecond)));
    }

    [Fact]
    public async Task Resume_AllSending_ResumesEachProfile()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Settings, pumping: false);
        await ChangeAsync(app, "suspend?profile=alerts");
        await ChangeAsync(app, "suspend?profile=default");

        Assert.All((await ChangeAsync(app, "resume")).Profiles!, each => Assert.Equal("running", each.Status));
    }

    [Fact]
    public async Task Account_ThatIsRefused_SuspendsItsProfileAlone()
    {
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts with { AuthToken = new string('f', 32) }] });
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Settings, twilio: twilio);

        var held = await app.BroadcastJsonAsync($$"""{"profile": "alerts", "message": "Hello", "recipients": ["{{Ada}}"]}""");
        var sending = await Eventually.GetAsync(async () => (await app.GetJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!, view => view.Profiles![1].Status == "suspended");
        await app.CompletedAsync((await app.BroadcastAsync("Mine", "+12015550102")).BroadcastId);

        Assert.Equal(("running", 20003), (sending.Status, sending.Profiles![1].Code));
        Assert.Equal(1, (await app.GetAsync(held.BroadcastId)).Counts[RecipientStatus.Pending]);
    }

    [Theory]
    [InlineData("suspend?profile=gone", "must be one of default, alerts")]
    [InlineData("resume?profile=gone", "must be one of default, alerts")]
    [InlineData("resume?profile=alerts&reconcileSince=2026-01-01T00:00:00Z", "must be left out with reconcileSince")]
    public async Task Change_OfAProfileThatIsNone_IsAnError(string path, string expected)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Settings, pumping: false);

        using var response = await app.Http.PostAsync($"/api/v1/sending/{path}", null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profiles_Listed_AreThoseOfTheCaller()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. Settings, .. issuer.Settings, new("Profiles:alerts:Roles", "Profile.Alerts")], pumping: false);

        Assert.Equal(["default"], await ListAsync(issuer.Token("Broadcast.Send")));
        Assert.Equal(["default", "alerts"], await ListAsync(issuer.Token("Broadcast.Send", "Profile.Alerts")));

        async Task<IEnumerable<string>> ListAsync(string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/profiles");
            request.Headers.Authorization = new("Bearer", token);
            using var response = await app.Http.SendAsync(request);
            return (await response.Content.ReadFromJsonAsync(ApiJson.Default.ProfileList))!.Profiles.Select(each => each.Profile);
        }
    }

    private static async Task<SendingView> ChangeAsync(TestApp app, string path)
    {
        using var response = await app.Http.PostAsync($"/api/v1/sending/{path}", null);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.SendingView))!;
    }
}
