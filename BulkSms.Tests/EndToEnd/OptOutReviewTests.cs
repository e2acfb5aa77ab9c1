using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Texts that a person must decide on; texts that come twice, late, or not at all.</summary>
public sealed class OptOutReviewTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";

    [Fact]
    public async Task UnclearText_WhileASendJobIsInTheQueue_HoldsItUntilItIsDismissed()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada, Bob);
        var enqueued = (await app.TakeAllAsync(QueueNames.Outbound)).Single(job => job.To == Ada);

        Assert.Equal(200, await TextAsync(app, Ada, "I asked you to stop last week"));
        await app.Service<SendSms>().HandleAsync(enqueued, default); // it was on its way to a sender
        var later = await app.BroadcastAsync("Later", Ada);
        var held = (await app.RecipientsAsync(accepted.BroadcastId)).Single(recipient => recipient.To == Ada);
        var progress = (await app.GetAsync(accepted.BroadcastId)).Progress;
        var entry = Assert.Single((await ListAsync(app)).Entries);

        Assert.Empty(app.Twilio.Messages.CallsFor(Ada));
        Assert.Equal((RecipientStatus.Pending, HeldFor.OptOutReview), (held.Status, held.HeldFor));
        Assert.Equal(1, progress.HeldFor![HeldFor.OptOutReview]);
        Assert.Equal(HeldFor.OptOutReview, (await app.RowAsync(later.BroadcastId, Ada)).HeldFor);
        Assert.Equal((Ada, ReviewReason.Unclear, "I asked you to stop last week"), (entry.Phone, entry.Reason, entry.Messages.Single().Text));

        Assert.Equal(HttpStatusCode.OK, await DecideAsync(app, Ada, "dismiss"));
        foreach (var job in await app.TakeAllAsync(QueueNames.Outbound))
        {
            await app.Service<SendSms>().HandleAsync(job, default);
        }

        Assert.Equal(["Hello", "Later"], app.Twilio.Messages.For(Ada).Select(message => message.Body).Order(StringComparer.Ordinal));
        Assert.Empty((await ListAsync(app)).Entries);
        Assert.Equal(HttpStatusCode.NotFound, await DecideAsync(app, Ada, "dismiss"));
    }

    [Fact]
    public async Task UnclearText_DecidedAsOptOut_StopsWhatWasHeld()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada);
        await TextAsync(app, Ada, "Stop asking");

        Assert.Equal(HttpStatusCode.OK, await DecideAsync(app, Ada, "optOut"));

        Assert.Equal(RecipientStatus.OptedOut, (await app.RowAsync(accepted.BroadcastId, Ada)).Status);
        Assert.Equal(OptOutSource.Review, (await app.Service<OptOutList>().FindAsync(Ada, default))!.Source);
        Assert.Empty((await ListAsync(app)).Entries);
    }

    [Fact]
    public async Task UnclearText_ReviewSwitchedOff_HoldsNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("OptOuts:ReviewUnclear", "false")], pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada);

        await TextAsync(app, Ada, "Stop asking");

        Assert.Null((await app.RowAsync(accepted.BroadcastId, Ada)).HeldFor);
        Assert.Empty((await ListAsync(app)).Entries);
    }

    [Fact]
    public async Task Start_SentAgainAfterALaterStop_UndoesNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var now = TimeProvider.System.GetUtcNow();
        var handled = app.Twilio.ReceiveInbound(Ada, "START", now.AddMinutes(-5));
        var unheard = app.Twilio.ReceiveInbound(Ada, "START", now.AddMinutes(-4));
        var together = app.Twilio.ReceiveInbound(Ada, "START", now.AddMinutes(-3));
        var stop = app.Twilio.ReceiveInbound(Ada, "STOP", now.AddMinutes(-3));
        await AgainAsync(app, handled);
        await AgainAsync(app, stop);

        foreach (var start in new[] { handled, unheard, together })
        {
            Assert.Equal(200, await AgainAsync(app, start));
            Assert.NotNull(await app.Service<OptOutList>().FindAsync(Ada, default));
        }

        Assert.Equal(200, await AgainAsync(app, app.Twilio.ReceiveInbound(Ada, "START", now)));
        Assert.Null(await app.Service<OptOutList>().FindAsync(Ada, default));
    }

    [Fact]
    public async Task Start_OfAPhoneThatAnOperatorListed_WaitsForADecision()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var listed = await app.PostJsonAsync($$"""{"phones": ["{{Ada}}"]}""", "/api/v1/optouts");

        Assert.Equal(200, await TextAsync(app, Ada, "START"));
        var entry = Assert.Single((await ListAsync(app)).Entries);
        Assert.Equal(ReviewReason.Start, entry.Reason);
        Assert.NotNull(await app.Service<OptOutList>().FindAsync(Ada, default));

        Assert.Equal(HttpStatusCode.OK, await DecideAsync(app, Ada, "optIn"));
        Assert.Null(await app.Service<OptOutList>().FindAsync(Ada, default));
    }

    [Fact]
    public async Task Stop_ThatTheWebhookNeverTook_IsReadFromTwiliosList()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada, Bob);
        app.Twilio.ReceiveInbound(Ada, "STOP");
        app.Twilio.ReceiveInbound(Bob, "see you");

        using var metrics = new Gauges(app.Service<IMeterFactory>());

        Assert.True(await app.Service<MissedTexts>().ReadAsync(TimeProvider.System.GetUtcNow(), default));

        Assert.Equal(0, metrics.Sum("bulksms.optouts.late")); // the webhook may still bring it
        Assert.Equal(RecipientStatus.OptedOut, (await app.RowAsync(accepted.BroadcastId, Ada)).Status);
        Assert.Equal(RecipientStatus.Pending, (await app.RowAsync(accepted.BroadcastId, Bob)).Status);
    }

    [Fact]
    public async Task Stop_ToAnotherAccountsService_IsReadHoweverLongItsHostWasAway()
    {
        var storage = memory.NewAccount();
        var now = TimeProvider.System.GetUtcNow();
        await using var other = await TwilioServer.StartAsync(AccountTests.OtherAccount);
        await using var app = await TestApp.StartAsync(storage, pumping: false);
        await using (var before = await TestApp.StartAsync(storage, pumping: false, twilio: other))
        {
            Assert.True(await before.Service<MissedTexts>().ReadAsync(now.AddHours(-2), default));
        }

        other.ReceiveInbound(Ada, "STOP", now.AddMinutes(-90));
        Assert.True(await app.Service<MissedTexts>().ReadAsync(now, default)); // the other account's texts are none of its business

        await using var back = await TestApp.StartAsync(storage, pumping: false, twilio: other);
        using var metrics = new Gauges(back.Service<IMeterFactory>());
        Assert.True(await back.Service<MissedTexts>().ReadAsync(now, default));
        Assert.True(await back.Service<MissedTexts>().ReadAsync(now, default));

        Assert.Equal(1, metrics.Sum("bulksms.optouts.late"));

        Assert.NotNull(await app.Service<OptOutList>().FindAsync(Ada, default));
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"phone": "+15551230001"}""", 400)]
    [InlineData("""{"phone": "+15551230001", "decision": "maybe"}""", 400)]
    [InlineData("""{"phone": "1", "decision": "dismiss"}""", 400)]
    [InlineData("""{"phone": "+15551230001", "decision": "dismiss", "more": 1}""", 400)]
    [InlineData("""{"phone": "+15551230001", "decision": """, 400)]
    [InlineData("""{"phone": "+15551230001", "decision": "dismiss"}""", 404)]
    public async Task Decide_BadInput_IsAProblem(string body, int status)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.PostJsonAsync(body, "/api/v1/optouts/review");

        Assert.Equal(status, (int)response.StatusCode);
    }

    private static async Task<ReviewPage> ListAsync(TestApp app) => (await app.Http.GetFromJsonAsync("/api/v1/optouts/review", ApiJson.Default.ReviewPage))!;

    private static async Task<HttpStatusCode> DecideAsync(TestApp app, string phone, string decision)
    {
        using var response = await app.PostJsonAsync($$"""{"phone": "{{phone}}", "decision": "{{decision}}"}""", "/api/v1/optouts/review");
        return response.StatusCode;
    }

    private static Uri Webhook(TestApp app) => new(app.Url, "/api/webhooks/optout");

    private static Task<int?> TextAsync(TestApp app, string from, string body) => app.Twilio.SendInboundAsync(Webhook(app), from, body);

    private static Task<int?> AgainAsync(TestApp app, string sid) => app.Twilio.SendInboundAgainAsync(Webhook(app), sid);
}
