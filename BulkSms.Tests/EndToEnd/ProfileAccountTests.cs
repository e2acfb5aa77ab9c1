using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Dispatch;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What a profile with an account of its own has sent is asked of that account, and texts to that account are heard for all profiles.</summary>
public sealed class ProfileAccountTests(MemoryFixture memory)
{
    private const string Ada = "+12015550101";
    private static readonly OtherAccount Alerts = new("AC00000000000000000000000000a1e475", "a1e475a1e475a1e475a1e475a1e475a1", "MG00000000000000000000000000a1e475");

    private static readonly KeyValuePair<string, string?>[] WithAccount =
    [
        new("Profiles:alerts:MessagingServiceSid", Alerts.MessagingServiceSid), new("Profiles:alerts:AccountSid", Alerts.AccountSid), new("Profiles:alerts:AuthToken", Alerts.AuthToken),
        new("Broadcasts:RequeueAfter", "00:00:01"), new("Callbacks:PollAfter", "00:00:01"), new("Sending:SendDeadline", "00:00:00.500"), new("Sending:CallTimeout", "00:00:00.500"),
        new("Sending:ClaimLease", "00:00:02"), new("Sending:ListLag", "00:00:03"), new("Sending:SecondReadingAfter", "00:00:01"),
    ];

    [Fact]
    public async Task Poll_WhenNoCallbackComes_AsksTheProfilesAccount()
    {
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts] });
        twilio.Faults.Callbacks.LossProbability = 1;
        await using var app = await TestApp.StartAsync(memory.NewAccount(), WithAccount, twilio: twilio);

        var id = await AlertAsync(app);

        Assert.Equal(1, (await SweptAsync(app, id)).Counts[RecipientStatus.Delivered]);
        Assert.Equal(Alerts.AccountSid, Assert.Single(twilio.Messages.For(Ada)).AccountSid);
    }

    [Fact]
    public async Task Reconcile_AfterARestore_FindsTheMessageInTheProfilesAccount()
    {
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts] });
        await using var app = await TestApp.StartAsync(memory.NewAccount(), WithAccount, pumping: false, twilio: twilio);
        var id = await AlertAsync(app);
        await SendAsync(app);
        await twilio.WhenIdleAsync();
        await RestoreAsync(app, id, Ada);

        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        using var resumed = await app.Http.PostAsync($"/api/v1/sending/resume?reconcileSince={TimeProvider.System.GetUtcNow().AddMinutes(-10).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}", null);
        Assert.Equal(HttpStatusCode.Accepted, resumed.StatusCode);
        await app.Service<ReconcileAfterRestore>().RunAsync(default);
        Assert.Equal(RecipientStatus.Unconfirmed, (await app.RowAsync(id, Ada)).Status);
        var view = await SweptAsync(app, id, () => SendAsync(app));

        Assert.Equal(1, view.Counts[RecipientStatus.Delivered]);
        Assert.Equal(Assert.Single(twilio.Messages.For(Ada)).Sid, (await app.RowAsync(id, Ada)).Sid); // found, not sent again
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_TextedToTheProfilesAccount_CountsForAllProfiles(bool isByWebhook)
    {
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts] });
        await using var app = await TestApp.StartAsync(memory.NewAccount(), WithAccount, pumping: false, twilio: twilio);
        if (isByWebhook)
        {
            Assert.Equal(200, await twilio.SendInboundAsync(new(OptOutWebhook.UrlAt(app.Url)), Ada, "STOP", account: Alerts));
        }
        else
        {
            twilio.ReceiveInbound(Ada, "STOP", account: Alerts);
            Assert.True(await app.Service<MissedTexts>().ReadAsync(TimeProvider.System.GetUtcNow(), default));
        }

        var byDefault = await app.BroadcastAsync("Hello", Ada, "+12015550102");

        Assert.Equal((1, 1), (byDefault.RecipientsCount, byDefault.OptedOut));
    }

    [Fact]
    public async Task Credentials_OfTheProfileInTheVault_SendAndAreRotated()
    {
        const string Rotated = "1111111111111111111111111111fa4e";
        await using var vault = await SmallVault.StartAsync();
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts with { AuthToken = Rotated }] });
        (vault.Secrets["TwilioAccountSid"], vault.Secrets["TwilioAuthToken"]) = (twilio.Options.AccountSid, twilio.Options.AuthToken);
        (vault.Secrets["alerts-account"], vault.Secrets["alerts-token"]) = (Alerts.AccountSid, Alerts.AuthToken); // the token before
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(),
            [
                new("Twilio:AccountSid", null), new("Twilio:AuthToken", null), new("KeyVault:Uri", "https://vault.example"), new("Profiles:alerts:MessagingServiceSid", Alerts.MessagingServiceSid),
                new("Profiles:alerts:AccountSidSecret", "alerts-account"), new("Profiles:alerts:AuthTokenSecret", "alerts-token"), new("Broadcasts:RequeueAfter", "00:00:01"),
            ],
            twilio: twilio,
            configure: builder => builder.Services.AddSingleton(vault.Client()));

        vault.Secrets["alerts-token"] = Rotated;
        var alert = await AlertAsync(app);
        var view = await app.CompletedAsync(alert);

        Assert.Equal(1, view.Counts[RecipientStatus.Delivered]);
        Assert.Equal(Alerts.AccountSid, Assert.Single(twilio.Messages.For(Ada)).AccountSid);
        Assert.DoesNotContain(Rotated, app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OfAProfile_LooksAtItsAccountServiceAndRate()
    {
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts] });
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. WithAccount, new("Profiles:alerts:SegmentsPerSecond", "50")], pumping: false, twilio: twilio);

        var own = (await app.GetJsonAsync("/api/v1/doctor?countries=US", ApiJson.Default.DoctorView))!;
        var alerts = (await app.GetJsonAsync("/api/v1/doctor?countries=US&profile=ALERTS", ApiJson.Default.DoctorView))!;
        using var unknown = await app.Http.GetAsync("/api/v1/doctor?profile=other");

        string RateOf(global::BulkSms.Doctor.DoctorView view) => view.Lines.Single(line => line.Id == "dailyLimit").Found;
        Assert.Contains("in 67 minutes", RateOf(alerts), StringComparison.Ordinal);
        Assert.NotEqual(RateOf(own), RateOf(alerts));
        Assert.All(alerts.Lines.Where(line => line.Id is "account" or "senders"), line => Assert.NotEqual("unknown", line.Status));
        Assert.Contains("\"profile\":[\"must be one of default, alerts\"]", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_OfAProfile_WarnsOfCountriesThatItsAccountMayNotText()
    {
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts with { AuthToken = new string('f', 32) }] }); // its credentials are wrong: nothing is known of its countries
        await using var app = await TestApp.StartAsync(memory.NewAccount(), WithAccount, pumping: false, twilio: twilio);
        twilio.Account.RefusedCountries.Add("GB");

        Assert.NotEmpty(await WarningsAsync(app, "default"));
        Assert.Empty(await WarningsAsync(app, "alerts"));

        await using var right = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts] });
        await using var other = await TestApp.StartAsync(memory.NewAccount(), WithAccount, pumping: false, twilio: right);
        right.Account.RefusedCountries.Add("GB");
        Assert.NotEmpty(await WarningsAsync(other, "alerts"));
    }

    private static async Task<IEnumerable<string>> WarningsAsync(TestApp app, string profile)
    {
        using var answer = await app.PostJsonAsync($$"""{"profile": "{{profile}}", "message": "Hello. Reply STOP to opt out", "recipients": ["+447400123456"]}""", "/api/v1/broadcasts/preview");
        var preview = (await answer.Content.ReadFromJsonAsync(ApiJson.Default.PreviewView))!;
        return (preview.Warnings ?? []).Select(warning => warning.Text).Where(text => text.Contains("may not text", StringComparison.Ordinal));
    }

    private static async Task<string> AlertAsync(TestApp app) => (await app.BroadcastJsonAsync($$"""{"profile": "alerts", "message": "Hello", "recipients": ["{{Ada}}"]}""")).BroadcastId;

    private static async Task SendAsync(TestApp app)
    {
        foreach (var job in await app.TakeAllAsync(QueueNames.Outbound))
        {
            await app.Service<SendSms>().HandleAsync(job, default);
        }
    }

    private static Task<BroadcastView> SweptAsync(TestApp app, string broadcastId, Func<Task>? between = null) => Eventually.GetAsync(
        async () =>
        {
            await app.Service<Sweeper>().RunAsync(default);
            await (between?.Invoke() ?? Task.CompletedTask);
            return await app.GetAsync(broadcastId);
        },
        view => view.Status == "completed");

    // As the row was before the claim.
    private static async Task RestoreAsync(TestApp app, string broadcastId, string number)
    {
        var row = await app.RowAsync(broadcastId, number);
        var table = app.Table(TableNames.Recipients);
        await table.DeleteEntityAsync(row.Key.Partition, row.Key.Id);
        await table.AddEntityAsync(Recipient.NewRow(row.Key, new(number), row.Index, null, row.ExpiresAt!.Value));
    }
}
