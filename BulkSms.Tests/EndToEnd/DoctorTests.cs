using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BulkSms.Doctor;
using BulkSms.OptOuts;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What the doctor asks and answers; what it concludes is tested line by line in the folder Doctor.</summary>
public sealed class DoctorTests(MemoryFixture memory)
{
    private const string Path = "/api/v1/doctor";
    private static readonly KeyValuePair<string, string?>[] UsualRate = [new("Sending:SegmentsPerSecond", "100")];

    [Fact]
    public async Task Doctor_OfAnAccountThatIsSetUp_FindsItWellAndShowsNoNumber()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), UsualRate, pumping: false);
        app.Twilio.Account.InboundRequestUrl = OptOutWebhook.UrlAt(app.Url);

        var text = await app.Http.GetStringAsync($"{Path}?countries=US,de,GB");

        var found = JsonSerializer.Deserialize(text, ApiJson.Default.DoctorView)!;
        Assert.Equal(["secrets: unknown"], found.Lines.Where(line => line.Status != "ok").Select(line => $"{line.Id}: {line.Status}")); // they are configuration here
        Assert.Equal("unknown", found.Status);
        Assert.Equal("There is no link shortening domain: broadcasts cannot have short links.", Of(found, "clickCallback").Found);
        Assert.Equal("The account may text US, DE, GB.", Of(found, "geoPermissions").Found);
        Assert.Equal("T-Mobile takes about 200,000 segments a day from all campaigns of the brand. All instances together hand over as many in 33 minutes.", Of(found, "dailyLimit").Found);
        Assert.All([app.Twilio.Options.SenderNumber[1..], app.Twilio.Options.AuthToken, app.Twilio.Options.AccountSid], secret => Assert.DoesNotContain(secret, text + app.Logs.Text, StringComparison.Ordinal));
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Doctor_OfWhatIsWrong_TellsEachByItself()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), UsualRate, pumping: false);
        var account = app.Twilio.Account;
        (account.InboundRequestUrl, account.Type, account.Balance, account.SmartEncoding) = ("https://hooks.example/s3cret", "Trial", "3.1", true);
        account.LinkShortening = new("https://hooks.example/s3cret");
        account.RefusedCountries.Add("IN");
        account.Campaigns = [new() { Status = "FAILED", Errors = [30897] }];
        account.PhoneNumbers = [new("+12015550190"), new("+18005550190"), new("+4915550190", "DE") { Capabilities = ["Voice"] }];
        account.AlphaSenders = [new("CLINIC", "")];
        account.TollFreeVerifications = new Dictionary<string, string> { ["+18005550190"] = "TWILIO_REJECTED" };
        account.Alerts.Enqueue(new($"{app.Url}api/webhooks/status?b=4711", 11200, TimeProvider.System.GetUtcNow()));
        app.Twilio.Faults.ClockSkew = TimeSpan.FromHours(1);
        account.Faults["ShortCodes"] = Fault.Hold(TimeSpan.Zero); // as ever

        var text = await app.Http.GetStringAsync($"{Path}?countries=IN");

        var found = JsonSerializer.Deserialize(text, ApiJson.Default.DoctorView)!;
        Assert.Equal("failure", found.Status);
        Assert.Equal("The account may not text IN.", Of(found, "geoPermissions").Found);
        Assert.Equal("It was refused (code 30897).", Of(found, "a2pCampaign").Found);
        Assert.Equal("1 of 1 toll-free number is not verified: Twilio refused 1.", Of(found, "tollFreeVerification").Found);
        Assert.Equal("1 long code of DE, 1 long code of US, 1 toll-free of US, 1 alphanumeric: 1 may not send texts.", Of(found, "senders").Found);
        Assert.Equal("It is https://hooks.example/…, which is not this app's.", Of(found, "inboundWebhook").Found);
        Assert.Equal("It is https://hooks.example/…, which is not this app's.", Of(found, "clickCallback").Found);
        Assert.Equal(["warning", "warning", "warning"], new[] { "account", "balance", "smartEncoding" }.Select(id => Of(found, id).Status));
        Assert.Equal(["failure", "failure"], new[] { "webhookFailures", "clock" }.Select(id => Of(found, id).Status));
        Assert.All(["s3cret", "4711", "5550190", "CLINIC"], hidden => Assert.DoesNotContain(hidden, text + app.Logs.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_OfWhatTwilioDoesNotTell_AnswersTheRest()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        foreach (var (kind, fault) in new[] { ("Balance", Fault.Reject(403, 20003)), ("Usa2p", Fault.Error500), ("TollfreeVerifications", Fault.Error500), ("Alerts", Fault.DropBeforeProcessing), ("Service", Fault.TruncatedReply) })
        {
            app.Twilio.Account.Faults[kind] = fault;
        }

        var found = await AskAsync(app);

        Assert.All(["balance", "a2pCampaign", "inboundWebhook", "webhookFailures"], id => Assert.Equal((id, "unknown"), (id, Of(found, id).Status)));
        Assert.All(["credentials", "account", "senders", "geoPermissions", "clock", "storage"], id => Assert.Equal((id, "ok"), (id, Of(found, id).Status)));
    }

    [Fact]
    public async Task Doctor_WithCredentialsThatAreRefused_SaysSo()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        app.Twilio.Options.AuthToken = "1111111111111111111111111111fa4e";

        var found = await AskAsync(app);

        Assert.Equal(("failure", "Twilio refuses them."), (Of(found, "credentials").Status, Of(found, "credentials").Found));
        Assert.Equal("Twilio refused the credentials.", Of(found, "senders").Found);
        Assert.Equal("ok", Of(found, "storage").Status);
    }

    [Theory]
    [InlineData("countries=XX")]
    [InlineData("countries=US,Germany")]
    [InlineData("countries=%2B49")]
    [InlineData("country=US")]
    public async Task Doctor_AskedAboutNoCountry_Is400(string query)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var answer = await app.Http.GetAsync($"{Path}?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(query.Split('=')[0], await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WhileTwilioIsSilent_AnswersWithinItsLimit()
    {
        await using var app = await VirtualApp.StartAsync();
        app.Twilio.IsSilent = true;

        var asking = app.Http.GetFromJsonAsync(Path, ApiJson.Default.DoctorView);
        await Eventually.TrueAsync(() => app.Twilio.MostOpenReads == 4); // the others wait for their turn
        await Eventually.TrueAsync(() =>
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            return asking.IsCompleted;
        });

        var found = (await asking)!;
        Assert.Equal("Twilio did not answer in time.", Of(found, "account").Found);
        Assert.Equal(("unknown", "ok"), (Of(found, "geoPermissions").Status, Of(found, "version").Status));
        Assert.NotEqual("unknown", Of(found, "storage").Status); // it does not wait for Twilio
    }

    private static async Task<DoctorView> AskAsync(TestApp app) => (await app.Http.GetFromJsonAsync(Path, ApiJson.Default.DoctorView))!;

    private static DoctorLine Of(DoctorView found, string id) => found.Lines.Single(line => line.Id == id);
}
