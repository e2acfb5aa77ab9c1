using System.Net;
using BulkSms.Common;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;

namespace BulkSms.Tests.EndToEnd;

public sealed class StatusCallbackTests(MemoryFixture storage)
{
    private static readonly string Sid = "SM" + new string('a', 32);

    [Fact]
    public async Task Callback_BeforeOurOwnRecord_BindsTheMessage()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        app.Twilio.Faults.Callbacks.BeforeReply = true;

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(20));
        var view = await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal(20, view.Counts[RecipientStatus.Delivered]);
        Assert.All(await app.RecipientsAsync(accepted.BroadcastId), recipient => Assert.Equal(app.Twilio.Messages.For(recipient.To).Single().Sid, recipient.Sid));
    }

    [Fact]
    public async Task Callbacks_RepeatedAndReordered_NeverMoveBackwards()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        app.Twilio.Faults.Callbacks.Repeat = 2;
        app.Twilio.Faults.Callbacks.ReorderProbability = 1;

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(20));
        await app.CompletedAsync(accepted.BroadcastId);
        await app.Twilio.WhenIdleAsync();

        Assert.Equal(20, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Delivered]);
    }

    [Theory]
    [InlineData(RecipientStatus.Pending, false)]
    [InlineData(RecipientStatus.Sending, false)]
    [InlineData(RecipientStatus.Unconfirmed, false)]
    [InlineData(RecipientStatus.Rejected, true)]
    [InlineData(RecipientStatus.Canceled, true)]
    [InlineData(RecipientStatus.Expired, true)]
    public async Task Callback_WithASid_BeatsEveryStateOfOurs(string state, bool alarm)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        var job = await OneJobAsync(app);
        await app.Service<RecipientTable>().TryMergeAsync(job.Key, job.ETag, new() { [RecipientColumns.Status] = state }, default);

        Assert.Equal(HttpStatusCode.OK, await CallBackAsync(app, job, ("MessageSid", Sid), ("MessageStatus", "sent")));

        var row = await app.RowAsync(job.BroadcastId, job.To);
        Assert.Equal((RecipientStatus.Submitted, ProviderStatus.Sent, Sid), (row.Status, row.ProviderStatus, row.Sid));
        Assert.Equal(alarm || state == RecipientStatus.Pending, app.Logs.Text.Contains("is out although the row said", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Callback_AnotherSid_IsKeptBesideTheFirstWithAnAlarm()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        var job = await OneJobAsync(app);
        var other = "SM" + new string('b', 32);

        await CallBackAsync(app, job, ("MessageSid", Sid), ("MessageStatus", "sent"));
        await CallBackAsync(app, job, ("MessageSid", other), ("MessageStatus", "delivered"));

        var row = await app.RowAsync(job.BroadcastId, job.To);
        Assert.Equal((ProviderStatus.Sent, Sid, other), (row.ProviderStatus, row.Sid, row.OtherSids));
        Assert.Contains("a second message", app.Logs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sent", "unknown", "sent")]
    [InlineData("delivered", "delivered", "delivered")]
    [InlineData("undelivered", "undelivered", "undelivered")]
    [InlineData("canceled", "canceled", "canceled")]
    public async Task Callback_AfterTheRecipientWasClosed_CountsIfItIsTheLastWord(string word, string status, string providerStatus)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        var job = await OneJobAsync(app);
        await CallBackAsync(app, job, ("MessageSid", Sid), ("MessageStatus", "queued"));
        await app.Service<RecipientTable>().TryApplyAsync(await app.RowAsync(job.BroadcastId, job.To), new RecipientEvent.Closed(), default);
        Assert.Equal((RecipientStatus.Unknown, "queued"), (await app.RowAsync(job.BroadcastId, job.To)) is var closed ? (closed.Status, closed.ProviderStatus) : default);

        await CallBackAsync(app, job, ("MessageSid", Sid), ("MessageStatus", word));

        var row = await app.RowAsync(job.BroadcastId, job.To);
        Assert.Equal((status, providerStatus), (row.Status, row.ProviderStatus));
    }

    [Fact]
    public async Task Callback_Failed_KeepsTheCodeAndItsMeaning()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        var job = await OneJobAsync(app);

        await CallBackAsync(app, job, ("MessageSid", Sid), ("MessageStatus", "undelivered"), ("ErrorCode", "30005"), ("SomethingNew", "x"));

        var row = await app.RowAsync(job.BroadcastId, job.To);
        Assert.Equal((RecipientStatus.Undelivered, 30005, "the handset is unknown"), (row.Status, row.Code, row.Reason));
    }

    [Theory]
    [InlineData("MessageStatus=sent", "an unknown recipient")]
    [InlineData("MessageStatus=teleported", "a status that Twilio does not document")]
    [InlineData("MessageStatus=", "an empty status")]
    public async Task Callback_ThatMeansNothingToUs_Is200AndChangesNothing(string form, string what)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        var job = await OneJobAsync(app);
        var addressed = what == "an unknown recipient" ? job with { RecipientKey = new string('0', 32) } : job;

        var parts = form.Split('=');
        Assert.Equal(HttpStatusCode.OK, await CallBackAsync(app, addressed, ("MessageSid", Sid), (parts[0], parts[1])));

        Assert.Equal(job.RowETag, (await app.RowAsync(job.BroadcastId, job.To)).ETag.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("bm9uc2Vuc2U=")]
    [InlineData("not base64 at all !")]
    public async Task Callback_WithoutAValidSignature_Is403AndChangesNothing(string? signature)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        using var metrics = new Gauges(app.Service<System.Diagnostics.Metrics.IMeterFactory>());
        var job = await OneJobAsync(app);

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(app, UrlFor(app, job), signature, [("MessageSid", Sid), ("MessageStatus", "sent")]));

        Assert.Equal(1, metrics.Sum("bulksms.webhooks.refused"));
        Assert.Equal(RecipientStatus.Pending, (await app.RowAsync(job.BroadcastId, job.To)).Status);
    }

    [Fact]
    public async Task Callback_SignedForAnotherRecipient_Is403()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);
        var job = await OneJobAsync(app);
        (string, string)[] form = [("MessageSid", Sid), ("MessageStatus", "sent")];
        var signature = Sign(app, UrlFor(app, job with { RecipientKey = new string('0', 32) }), form);

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(app, UrlFor(app, job), signature, form));
    }

    [Fact]
    public async Task Callback_WithoutAPublicBaseUrl_IsRefused()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), [new("Webhooks:PublicBaseUrl", "https://elsewhere.invalid")], pumping: false);
        var job = await OneJobAsync(app);
        (string, string)[] form = [("MessageSid", Sid), ("MessageStatus", "sent")];

        var url = new Uri(app.Url, UrlFor(app, job).PathAndQuery);
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(app, url, Sign(app, url, form), form));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(app, url, Sign(app, UrlFor(app, job), form), form));
    }

    private static async Task<SendJob> OneJobAsync(TestApp app)
    {
        await app.BroadcastAsync("Hello", "+15551230001");
        return Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
    }

    private static Uri UrlFor(TestApp app, SendJob job) =>
        new(app.Service<StatusCallbackUrl>().For(job.Key, new string('c', 32))!.GetLeftPart(UriPartial.Query));

    private static string Sign(TestApp app, Uri url, IEnumerable<(string Name, string Value)> form) => Convert.ToBase64String(
        TwilioSignature.Compute(app.Twilio.Options.AuthToken, url.AbsoluteUri, form.Select(each => KeyValuePair.Create(each.Name, each.Value))));

    private static Task<HttpStatusCode> CallBackAsync(TestApp app, SendJob job, params (string, string)[] form) =>
        PostAsync(app, UrlFor(app, job), Sign(app, UrlFor(app, job), form), form);

    private static async Task<HttpStatusCode> PostAsync(TestApp app, Uri url, string? signature, IEnumerable<(string Name, string Value)> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Url, url.PathAndQuery))
        {
            Content = new FormUrlEncodedContent(form.Select(each => KeyValuePair.Create(each.Name, each.Value))),
        };
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation(TwilioSignature.Header, signature);
        }

        using var twilio = new HttpClient();
        using var response = await twilio.SendAsync(request);
        return response.StatusCode;
    }
}
