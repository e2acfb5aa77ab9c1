using System.Net;
using BulkSms.Api;
using BulkSms.Dispatch;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Security;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A broadcast is sent by the profile that it names, by no other, with that profile's account, Messaging Service and rate.</summary>
public sealed class ProfileTests(MemoryFixture memory)
{
    private const string Ada = "+12015550101";
    private static readonly OtherAccount Alerts = new("AC00000000000000000000000000a1e475", "a1e475a1e475a1e475a1e475a1e475a1", "MG00000000000000000000000000a1e475");
    private static readonly string Sid = "SM" + new string('a', 32);

    private static readonly KeyValuePair<string, string?>[] WithAccount =
    [
        new("Profiles:alerts:MessagingServiceSid", Alerts.MessagingServiceSid), new("Profiles:alerts:AccountSid", Alerts.AccountSid), new("Profiles:alerts:AuthToken", Alerts.AuthToken),
        new("Broadcasts:RequeueAfter", "00:00:01"), new("Sending:RetryBaseDelay", "00:00:00.010"),
    ];

    private static KeyValuePair<string, string?>[] WithoutProfile => [.. WithAccount.Where(each => !each.Key.StartsWith("Profiles", StringComparison.Ordinal))];

    [Fact]
    public async Task TwoProfiles_OfTwoAccounts_EachSendByTheirOwn()
    {
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts] });
        await using var app = await TestApp.StartAsync(memory.NewAccount(), WithAccount, twilio: twilio);

        var first = await app.BroadcastAsync("One", TestApp.Numbers(10));
        var second = await app.BroadcastJsonAsync($$"""{"profile": "ALERTS", "message": "Two", "recipients": ["{{Ada}}"]}""");
        var (one, two) = (await app.CompletedAsync(first.BroadcastId), await app.CompletedAsync(second.BroadcastId));

        Assert.Equal((10, 1), (one.Counts[RecipientStatus.Delivered], two.Counts[RecipientStatus.Delivered])); // by callbacks that each account has signed
        Assert.Equal((null, "alerts", null, "alerts"), (first.Profile, second.Profile, one.Profile, two.Profile));
        Assert.Equal((Alerts.AccountSid, Alerts.MessagingServiceSid), twilio.Messages.For(Ada).Single() is var sent ? (sent.AccountSid, sent.MessagingServiceSid) : default);
        Assert.All(TestApp.Numbers(10), number => Assert.Equal(twilio.Options.AccountSid, twilio.Messages.For(number).Single().AccountSid));
        var page = (await app.GetJsonAsync("/api/v1/broadcasts", ApiJson.Default.BroadcastPage))!;
        Assert.Equal(["alerts", null], page.Broadcasts.Select(broadcast => broadcast.Profile));
        Assert.Equal([twilio.Options.MessagingServiceSid, Alerts.MessagingServiceSid], (await SharesAsync(app)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Callback_SignedByAnotherAccount_IsRefusedAndChangesNothing()
    {
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts] });
        await using var app = await TestApp.StartAsync(memory.NewAccount(), WithAccount, pumping: false, twilio: twilio);
        await app.BroadcastJsonAsync($$"""{"profile": "alerts", "message": "Hello", "recipients": ["{{Ada}}"]}""");
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
        var (own, alerts) = ((twilio.Options.AccountSid, twilio.Options.AuthToken), (Alerts.AccountSid, Alerts.AuthToken));

        Assert.Equal(HttpStatusCode.Forbidden, await CallBackAsync(app, job, own.AccountSid, own.AuthToken)); // an account, of another's row
        Assert.Equal(HttpStatusCode.Forbidden, await CallBackAsync(app, job, alerts.AccountSid, own.AuthToken)); // in another's name
        Assert.Equal(HttpStatusCode.Forbidden, await CallBackAsync(app, job, own.AccountSid, alerts.AuthToken));
        Assert.Equal(HttpStatusCode.Forbidden, await CallBackAsync(app, job, null, own.AuthToken)); // without a name: of the account of "default"
        Assert.Equal(HttpStatusCode.Forbidden, await CallBackAsync(app, job, null, alerts.AuthToken));
        Assert.Equal(job.RowETag, (await app.RowAsync(job.BroadcastId, Ada)).ETag.ToString());
        Assert.Contains("signed by another account", app.Logs.Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await CallBackAsync(app, job, alerts.AccountSid, alerts.AuthToken));
        Assert.Equal((RecipientStatus.Submitted, Sid), await app.RowAsync(job.BroadcastId, Ada) is var row ? (row.Status, row.Sid) : default);
    }

    [Fact]
    public async Task Profile_TakenOutOfTheSettings_IsNamedAndItsWorkWaits()
    {
        var storage = memory.NewAccount();
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts] });
        string id;
        await using (var app = await TestApp.StartAsync(storage, WithAccount, pumping: false, twilio: twilio))
        {
            id = (await app.BroadcastJsonAsync($$"""{"profile": "alerts", "message": "Hello", "recipients": ["{{Ada}}"]}""")).BroadcastId;
        }

        await using (var without = await TestApp.StartAsync(storage, WithoutProfile, twilio: twilio))
        {
            await without.CompletedAsync((await without.BroadcastAsync("Mine", "+12015550102")).BroadcastId);
            await without.Service<Sweeper>().RunAsync(default);
            await without.Service<Sweeper>().RunAsync(default);

            var view = await without.GetAsync(id);
            Assert.Equal(("account", "alerts", 1), (view.HeldFor, view.Profile, view.Counts[RecipientStatus.Pending]));
            Assert.Empty(twilio.Messages.CallsFor(Ada));
            Assert.Single(without.Logs.Text.Split("The profile alerts is not set").Skip(1));
        }

        await using var back = await TestApp.StartAsync(storage, WithAccount, twilio: twilio);
        await Eventually.GetAsync(
            async () =>
            {
                await back.Service<Sweeper>().RunAsync(default);
                return await back.GetAsync(id);
            },
            view => view.Status == "completed");
        Assert.Equal(Alerts.AccountSid, twilio.Messages.For(Ada).Single().AccountSid);
    }

    // Of another's profile a caller learns nothing, whichever way the request comes.
    [Fact]
    public async Task Request_ForAProfileThatIsNotTheCallers_IsRefusedAtItsPlace()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(), [.. issuer.Settings, new("Profiles:alerts:MessagingServiceSid", Alerts.MessagingServiceSid), new("Profiles:alerts:Roles", "Profile.Alerts")], pumping: false);
        var json = $$"""{"profile": "alerts", "message": "Hello", "recipients": ["{{Ada}}"]}""";

        foreach (var path in new[] { "/api/v1/broadcasts", "/api/v1/broadcasts/preview", "/api/v1/broadcasts/test" })
        {
            var (status, body) = await PostAsync(app, path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"), issuer.Token(CallerRoles.Send));
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, status));
            Assert.Contains("\"$.profile\":[\"must be default: no other profile is yours to use\"]", body, StringComparison.Ordinal);
        }

        var upload = new MultipartFormDataContent { { new StringContent("alerts"), "profile" }, { new StringContent("Hello"), "message" }, { new StringContent($"to\n{Ada}\n"), "recipients", "list.csv" } };
        Assert.Contains("\"profile\":[\"must be default", (await PostAsync(app, "/api/v1/broadcasts", upload, issuer.Token(CallerRoles.Send))).Body, StringComparison.Ordinal);
        var allowed = await PostAsync(
            app, "/api/v1/broadcasts/preview", new StringContent(json, System.Text.Encoding.UTF8, "application/json"), issuer.Token(CallerRoles.Send, "Profile.Alerts"));
        Assert.Equal(HttpStatusCode.OK, allowed.Status);
        Assert.Contains("\"profile\":\"alerts\"", allowed.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_ThatIsSlow_KeepsNoOtherWaiting()
    {
        await using var twilio = await TwilioServer.StartAsync(new() { OtherAccounts = [Alerts] });
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. WithAccount, new("Sending:SegmentsPerSecond", "0.5")], twilio: twilio);
        var slow = await app.BroadcastAsync("Slow", TestApp.Numbers(200)); // more than the queue trigger gives an instance at a time

        var alert = await app.BroadcastJsonAsync($$"""{"profile": "alerts", "message": "Now", "recipients": ["{{Ada}}"]}""");
        await app.CompletedAsync(alert.BroadcastId);

        Assert.InRange((await app.GetAsync(slow.BroadcastId)).Counts[RecipientStatus.Pending], 150, 200);
    }

    [Fact]
    public async Task Repeat_UnderAKeyWithAnotherProfile_IsAnotherRequest()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Profiles:alerts:MessagingServiceSid", Alerts.MessagingServiceSid)], pumping: false);
        app.Http.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        await app.BroadcastJsonAsync($$"""{"message": "Hello", "recipients": ["{{Ada}}"]}""");

        using var same = await app.PostJsonAsync($$"""{"profile": "default", "message": "Hello", "recipients": ["{{Ada}}"]}""");
        using var other = await app.PostJsonAsync($$"""{"profile": "alerts", "message": "Hello", "recipients": ["{{Ada}}"]}""");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Conflict), (same.StatusCode, other.StatusCode));
    }

    private static async Task<IReadOnlyCollection<string>> SharesAsync(TestApp app) =>
        await app.Table(TableNames.SendingShares).QueryAsync<Azure.Data.Tables.TableEntity>().Select(row => row.PartitionKey).Distinct().ToListAsync();

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(TestApp app, string path, HttpContent content, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Authorization = new("Bearer", token);
        using var response = await app.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> CallBackAsync(TestApp app, SendJob job, string? account, string token)
    {
        var url = new Uri(app.Service<StatusCallbackUrl>().For(job.Key, new string('c', 32))!.GetLeftPart(UriPartial.Query));
        KeyValuePair<string, string>[] form =
            [new("MessageSid", Sid), new("MessageStatus", "sent"), .. account is null ? Array.Empty<KeyValuePair<string, string>>() : [new("AccountSid", account)]];
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Url, url.PathAndQuery)) { Content = new FormUrlEncodedContent(form) };
        request.Headers.TryAddWithoutValidation(TwilioSignature.Header, Convert.ToBase64String(TwilioSignature.Compute(token, url.AbsoluteUri, form)));
        using var twilio = new HttpClient();
        using var response = await twilio.SendAsync(request);
        return response.StatusCode;
    }
}
