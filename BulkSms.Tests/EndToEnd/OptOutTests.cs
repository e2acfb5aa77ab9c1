using System.Collections.Concurrent;
using System.Net;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A recipient texts STOP, START or something else.</summary>
public sealed class OptOutTests(MemoryFixture storage)
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";

    [Theory]
    [InlineData("STOP", null)]
    [InlineData("Please stop texting me", null)]
    [InlineData("etwas auf Deutsch", "STOP")]
    public async Task Stop_WhileMessagesWait_StopsThemInEveryBroadcastAndNoOtherRecipients(string text, string? type)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        var waiting = await app.BroadcastAsync("Now", Ada, Bob);
        var scheduled = await app.BroadcastJsonAsync($$"""{"message": "Soon", "recipients": ["{{Bob}}", "{{Ada}}"], "sendAt": "{{TimeProvider.System.GetUtcNow().AddSeconds(4):O}}"}""");
        var later = await app.BroadcastJsonAsync($$"""{"message": "Later", "recipients": ["{{Ada}}"], "sendAt": "{{TimeProvider.System.GetUtcNow().AddDays(3):O}}"}""");

        Assert.Equal(200, await TextAsync(app, Ada, text, type));
        using var resumed = await app.Http.PostAsync("/api/v1/sending/resume", null);
        await app.CompletedAsync(waiting.BroadcastId);
        await app.CompletedAsync(scheduled.BroadcastId);
        await app.CompletedAsync(later.BroadcastId);

        foreach (var accepted in new[] { waiting, scheduled, later })
        {
            Assert.Equal((RecipientStatus.OptedOut, "the recipient has opted out", 0), Fate(await app.RowAsync(accepted.BroadcastId, Ada)));
        }

        Assert.Empty(app.Twilio.Messages.CallsFor(Ada));
        Assert.Equal(["Now", "Soon"], app.Twilio.Messages.For(Bob).Select(message => message.Body).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Stop_WhileStorageIsAway_IsRepeatedByTwilioAsTheAddressAsksFor()
    {
        var (isAway, refusals) = (false, 0);
        await using var proxy = await StorageProxy.StartAsync(storage.NewAccount(), call =>
            isAway && call.Operation is StorageOperation.ReadOptOut or StorageOperation.WriteOptOut && Interlocked.Increment(ref refusals) <= 6 ? StorageFaultKind.CutBefore : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, pumping: false);
        isAway = true;

        var status = await app.Twilio.SendInboundAsync(new(OptOutWebhook.UrlAt(app.Url)), Ada, "STOP");

        Assert.Equal(200, status);
        Assert.True(refusals > 6 && app.Logs.Text.Contains("could not be taken", StringComparison.Ordinal));
        Assert.NotNull(await app.Service<OptOutList>().FindAsync(Ada, default));
    }

    [Fact]
    public async Task Stop_ThenStart_IsLeftOutUntilItIsTakenBack()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());

        await TextAsync(app, Ada, "Opt out", null);
        var without = await app.BroadcastAsync("One", Ada, Bob, Ada);
        var start = app.Twilio.ReceiveInbound(Ada, "START", TimeProvider.System.GetUtcNow().AddSeconds(2)); // in the same second STOP would win
        await app.Twilio.SendInboundAgainAsync(Webhook(app), start);
        var with = await app.BroadcastAsync("Two", Ada, Bob);
        await app.CompletedAsync(without.BroadcastId);
        await app.CompletedAsync(with.BroadcastId);

        Assert.Equal((1, 1, 1, 1), (without.RecipientsCount, without.DuplicatesRemoved, without.OptedOut, without.Segments.Total));
        Assert.Equal((2, 0), (with.RecipientsCount, with.OptedOut));
        Assert.Equal(1, (await app.GetAsync(without.BroadcastId)).OptedOut);
        Assert.Equal(["Two"], app.Twilio.Messages.For(Ada).Select(message => message.Body));
    }

    [Fact]
    public async Task Post_AllHaveOptedOut_IsAcceptedWithoutRecipientsAndCompleted()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        await TextAsync(app, Ada, "STOP", null);

        var accepted = await app.BroadcastAsync("Hello", Ada);
        var view = await app.CompletedAsync(accepted.BroadcastId);
        await app.Service<Dispatch.Sweeper>().RunAsync(default);

        Assert.Equal((0, 1, 0L), (accepted.RecipientsCount, accepted.OptedOut, accepted.Segments.Total));
        Assert.Equal((100, 0), (view.Progress.Percent, view.Progress.Total));
        Assert.Empty(await app.RecipientsAsync(accepted.BroadcastId));
        Assert.NotNull((await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default))!.CompletedAt);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Refused21610_InOneBroadcast_StopsWhatWaitsInOthers()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount());
        app.Twilio.OptOut(Ada);
        var later = await app.BroadcastJsonAsync($$"""{"message": "Later", "recipients": ["{{Ada}}"], "sendAt": "{{TimeProvider.System.GetUtcNow().AddDays(3):O}}"}""");

        var accepted = await app.BroadcastAsync("Now", Ada);
        await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal((RecipientStatus.OptedOut, 21610), ((await app.RowAsync(accepted.BroadcastId, Ada)).Status, (await app.RowAsync(accepted.BroadcastId, Ada)).Code));
        Assert.Equal(RecipientStatus.OptedOut, (await app.RowAsync(later.BroadcastId, Ada)).Status);
        Assert.Single(app.Twilio.Messages.CallsFor(Ada));
    }

    [Theory]
    [InlineData("don't stop", null)]
    [InlineData("STOP", "HELP")]
    [InlineData("Is the clinic open on Monday?", null)]
    public async Task Text_ThatAsksForNothing_Is200AndChangesNothing(string text, string? type)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);

        Assert.Equal(200, await TextAsync(app, Ada, text, type));

        Assert.Null(await app.Service<OptOutList>().FindAsync(Ada, default));
    }

    [Fact]
    public async Task Stop_Answer_IsTwimlThatRepliesNothing()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);

        using var response = await PostAsync(app, Sign(app, [("From", Ada), ("Body", "STOP")]), ("From", Ada), ("Body", "STOP"));

        Assert.Equal((HttpStatusCode.OK, "text/xml"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bm9uc2Vuc2U=")]
    public async Task Stop_WithoutAValidSignature_Is403AndChangesNothing(string? signature)
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);

        using var response = await PostAsync(app, signature, ("From", Ada), ("Body", "STOP"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Null(await app.Service<OptOutList>().FindAsync(Ada, default));
    }

    [Fact]
    public async Task Stop_SignedForAnother_Is403()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);

        using var response = await PostAsync(app, Sign(app, [("From", Bob), ("Body", "STOP")]), ("From", Ada), ("Body", "STOP"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Stop_StorageAway_Is503AndTheNextTryStops()
    {
        var away = false;
        await using var proxy = await StorageProxy.StartAsync(storage.NewAccount(), _ => away ? StorageFaultKind.BusyBefore : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada);

        away = true;
        Assert.Equal(503, await TextAsync(app, Ada, "STOP", null));
        away = false;
        Assert.Equal(200, await TextAsync(app, Ada, "STOP", null));

        Assert.Equal(RecipientStatus.OptedOut, (await app.RowAsync(accepted.BroadcastId, Ada)).Status);
    }

    [Fact]
    public async Task Send_HappyPath_AsksStorageOnceABroadcastAndNeverAMessage()
    {
        var calls = new ConcurrentQueue<StorageCall>();
        await using var proxy = await StorageProxy.StartAsync(storage.NewAccount(), call =>
        {
            calls.Enqueue(call);
            return StorageFaultKind.None;
        });
        await using var app = await TestApp.StartAsync(
            proxy.ConnectionString,
            [new("Webhooks:PublicBaseUrl", "https://nobody.invalid")],
            configure: TestApp.WithoutSweeper); // it looks, too, in its own time
        await app.BroadcastAsync("First: it loads the list", Bob);
        await app.Service<OptOutCache>().RecentAsync();
        calls.Clear();

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(20));
        await app.GetAsync(accepted.BroadcastId, view => view.Status == "finishing");

        Assert.Single(calls, call => call.Operation is StorageOperation.ReadOptOut or StorageOperation.WriteOptOut);
    }

    [Fact]
    public async Task Logs_OfOptOuts_ShowNoNumbersAndNoTexts()
    {
        await using var app = await TestApp.StartAsync(storage.NewAccount(), pumping: false);

        await TextAsync(app, Ada, "please stop texting me", null);
        using var removed = await app.PostJsonAsync($$"""{"phone": "{{Ada}}"}""", "/api/v1/optouts/remove");
        using var imported = await app.PostJsonAsync($$"""{"phones": ["{{Ada}}"]}""", "/api/v1/optouts");

        Assert.Contains("Opt-outs by text: 1 new", app.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Ada[1..], app.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("texting", app.Logs.Text, StringComparison.Ordinal);
    }

    private static (string, string?, int) Fate(Recipient row) => (row.Status, row.Reason, row.Attempt);

    private static Task<int?> TextAsync(TestApp app, string from, string body, string? type) => app.Twilio.SendInboundAsync(Webhook(app), from, body, type);

    private static Uri Webhook(TestApp app) => new(app.Url, "/api/webhooks/optout");

    private static string Sign(TestApp app, IEnumerable<(string Name, string Value)> form) => Convert.ToBase64String(TwilioSignature.Compute(
        app.Twilio.Options.AuthToken, Webhook(app).AbsoluteUri, form.Select(each => KeyValuePair.Create(each.Name, each.Value))));

    private static async Task<HttpResponseMessage> PostAsync(TestApp app, string? signature, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Webhook(app))
        {
            Content = new FormUrlEncodedContent(form.Select(each => KeyValuePair.Create(each.Name, each.Value))),
        };
        if (signature is not null)
        {
            request.Headers.Add(TwilioSignature.Header, signature);
        }

        using var twilio = new HttpClient();
        return await twilio.SendAsync(request);
    }
}
