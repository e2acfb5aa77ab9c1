using System.Net;
using System.Security.Cryptography;
using System.Text;
using BulkSms.Http;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Twilio tells of each link that is followed; what it tells is counted once, for its recipient and its broadcast. Over RCS it tells of what was read, too.</summary>
public sealed class ClickTests(MemoryFixture storage)
{
    private static readonly string[] People = TestApp.Numbers(3);

    [Fact]
    public async Task Clicks_RepeatedAndOfSeveral_AreCountedOnceEach()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        var other = await SendAsync(app); // to the same people: each click is that of one message
        var id = await SendAsync(app);
        var sid = SidOf(app, People[0]);
        var at = new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

        foreach (var click in new[] { new LinkClick("https://example.com/a", at), new("https://example.com/a", at), new("https://example.com/a", at.AddSeconds(1)), new("https://example.com/b", at) })
        {
            Assert.Equal(200, await app.Twilio.SendClickAsync(UrlOf(app), sid, click));
        }

        Assert.Equal(200, await app.Twilio.SendClickAsync(UrlOf(app), SidOf(app, People[1])));

        var view = await app.GetAsync(id);
        Assert.Equal((4, 2), (view.Clicks!.Total, view.Clicks.Recipients));
        Assert.Equal([3, 1, null], (await app.RecipientsAsync(id)).OrderBy(recipient => recipient.To).Select(recipient => recipient.Clicks));
        Assert.Equal(["0", "1", "3"], (await app.Http.GetStringAsync($"/api/v1/broadcasts/{id}/results.csv")).Split("\r\n")[1..^1].Select(line => line.Split(',')[^1]).Order(StringComparer.Ordinal));
        Assert.Equal((0, 0), ((await app.GetAsync(other)).Clicks!.Total, view.Counts.GetValueOrDefault(RecipientStatus.Failed)));
        Assert.Null((await app.GetAsync((await app.BroadcastAsync("Plain", People[2])).BroadcastId)).Clicks);
    }

    [Fact]
    public async Task Click_WithoutAValidSignature_IsRefused()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        var id = await SendAsync(app);
        using var form = new FormUrlEncodedContent([new("event_type", "click"), new("sms_sid", SidOf(app, People[0])), new("to", People[0]), new("account_sid", app.Twilio.Options.AccountSid)]);
        using var answer = await app.Http.PostAsync(UrlOf(app), form);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(0, (await app.GetAsync(id)).Clicks!.Total);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.OK, 1)]
    [InlineData(false, HttpStatusCode.Forbidden, 0)]
    public async Task Click_AsJson_IsTakenWhenTheAddressNamesItsBody(bool isNamed, HttpStatusCode status, int clicks)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        var id = await SendAsync(app);
        var body = $$"""{"event_type": "click", "sms_sid": "{{SidOf(app, People[0])}}", "to": "{{People[0]}}", "account_sid": "{{app.Twilio.Options.AccountSid}}", "link": "https://example.com/a"}""";
        var url = $"{UrlOf(app)}?bodySHA256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(isNamed ? body : "{}")))}";
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(TwilioSignature.Header, Convert.ToBase64String(TwilioSignature.Compute(app.Twilio.Options.AuthToken, url, [])));
        using var answer = await app.Http.SendAsync(request);

        Assert.Equal((status, clicks), (answer.StatusCode, (await app.GetAsync(id)).Clicks!.Total));
    }

    [Fact]
    public async Task Click_OnAMessageOfOthers_IsTakenAndCountsNothing()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        var plain = await app.BroadcastAsync("Plain", People[0]);
        await app.CompletedAsync(plain.BroadcastId);
        var id = await SendAsync(app);

        Assert.Equal(200, await app.Twilio.SendClickAsync(UrlOf(app), app.Twilio.Messages.For(People[0])[0].Sid));
        Assert.Equal(0, (await app.GetAsync(id)).Clicks!.Total);
    }

    [Fact]
    public async Task Rcs_MessageThatIsRead_IsDeliveredAndItsClicksCount()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        app.Twilio.Recipients[People[0]] = new RecipientBehaviour { Channel = "rcs", Reads = true };
        var id = await SendAsync(app);

        var row = await app.RowAsync(id, People[0], row => row.ProviderStatus == ProviderStatus.Read);
        Assert.Equal(200, await app.Twilio.SendClickAsync(UrlOf(app), SidOf(app, People[0])));

        Assert.Equal(RecipientStatus.Delivered, row.Status);
        Assert.Equal((3, 1), ((await app.CompletedAsync(id)).Counts[RecipientStatus.Delivered], (await app.GetAsync(id)).Clicks!.Total));
    }

    private static Uri UrlOf(TestApp app) => new(app.Url, $"/{Routes.Prefix}/{Routes.ClickWebhook}");

    private static string SidOf(TestApp app, string number) => app.Twilio.Messages.For(number)[^1].Sid;

    private static async Task<string> SendAsync(TestApp app)
    {
        var accepted = await app.BroadcastJsonAsync($$"""{"message": "See https://example.com/a/long/way", "shortenUrls": true, "confirmRepeat": true, "recipients": ["{{string.Join("\", \"", People)}}"]}""");
        await app.CompletedAsync(accepted.BroadcastId);
        return accepted.BroadcastId;
    }
}
