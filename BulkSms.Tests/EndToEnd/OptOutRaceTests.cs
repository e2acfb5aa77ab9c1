using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Segments;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;

namespace BulkSms.Tests.EndToEnd;

/// <summary>An opt-out at every awkward moment of a message's way. Nothing pumps: each step is made here.</summary>
public sealed class OptOutRaceTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";
    private static readonly KeyValuePair<string, string?>[] Deferred = [new("Broadcasts:InlineRecipientLimit", "0")];

    [Fact]
    public async Task OptOut_AfterTheCommitBeforeTheFanOut_IsFoundThereByTheFanOut()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Deferred, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", [Ada, .. TestApp.Numbers(120)]);

        await app.Service<ChangeOptOuts>().AddAsync([Ada], OptOutSource.Text);
        Assert.Equal(RecipientStatus.OptedOut, (await app.RowAsync(accepted.BroadcastId, Ada)).Status);
        await app.Service<FanOut>().RunAsync(accepted.BroadcastId, default);

        await AssertOptedOutAsync(app, accepted, Ada, others: TestApp.Numbers(120));
    }

    [Fact]
    public async Task OptOut_OfManyBeforeTheFanOut_ConcernsOnlyRecipients()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Deferred, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(30));

        await app.Service<ChangeOptOuts>().AddAsync(TestApp.Numbers(100, from: 20), OptOutSource.Import);
        await app.Service<FanOut>().RunAsync(accepted.BroadcastId, default);

        var view = await app.GetAsync(accepted.BroadcastId);
        Assert.Equal((20, 10), (view.Counts[RecipientStatus.Pending], view.Counts[RecipientStatus.OptedOut]));
        Assert.Equal(TestApp.Numbers(20), (await app.TakeAllAsync(QueueNames.Outbound)).Select(job => job.To).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OptOut_ListedButWithoutLookingForBroadcasts_IsSeenByTheFanOut()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Deferred, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada, Bob); // with what is known of opt-outs now, and for 5 s

        await app.Service<OptOutList>().TryAddAsync([Ada], OptOutSource.Text, default); // it looked for broadcasts before the commit
        await app.Service<FanOut>().RunAsync(accepted.BroadcastId, default);

        await AssertOptedOutAsync(app, accepted, Ada, others: Bob);
    }

    [Fact]
    public async Task OptOut_WhoseWriterDied_IsFinishedByTheSweeper()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada, Bob);
        await app.Service<OptOutList>().TryAddAsync([Ada], OptOutSource.Text, default);

        await app.Service<Sweeper>().RunAsync(default);

        Assert.Equal((RecipientStatus.OptedOut, RecipientStatus.Pending), (await StatusAsync(app, accepted, Ada), await StatusAsync(app, accepted, Bob)));
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("not started")]
    public async Task OptOut_WhileInFlight_StopsItIfItComesBack(string outcome)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job, claim) = await ClaimedAsync(app);

        await app.Service<ChangeOptOuts>().AddAsync([Ada], OptOutSource.Text);
        Assert.Equal(RecipientStatus.Sending, await StatusAsync(app, accepted, Ada));
        await app.Service<SendResultHandler>().HandleAsync(job, claim, outcome == "retry" ? new SendOutcome.Retry(20429, "too many", RetryCause.Congestion, TimeSpan.Zero) : new SendOutcome.NotStarted("late"));

        await AssertOptedOutAsync(app, accepted, Ada);
    }

    [Fact]
    public async Task OptOut_WhileInFlightInASuspension_IsStoppedOnResume()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job, claim) = await ClaimedAsync(app);

        await app.Service<ChangeOptOuts>().AddAsync([Ada], OptOutSource.Text);
        await app.Service<SendResultHandler>().HandleAsync(job, claim, new SendOutcome.Suspend(20003, "refused"));
        using var resumed = await app.Http.PostAsync("/api/v1/sending/resume", null);
        await app.Service<FanOutJobHandler>().RunAsync(accepted.BroadcastId, default);

        await AssertOptedOutAsync(app, accepted, Ada);
    }

    [Fact]
    public async Task OptOut_MissedByWhoMadeItPending_IsSeenByAStaleSendJob()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job, claim) = await ClaimedAsync(app);
        await app.Service<ChangeOptOuts>().AddAsync([Ada], OptOutSource.Text);
        await app.Service<ClaimLedger>().RecordAsync(claim, new RecipientEvent.Suspended(claim.Id, 0, "")); // and died there

        await app.Service<SendSms>().HandleAsync(job, default);

        await AssertOptedOutAsync(app, accepted, Ada);
    }

    [Fact]
    public async Task OptOut_InFlightAndComeBackWhileASecondFanOutRuns_IsSeenByIt()
    {
        var meanwhile = default(Action);
        await using var proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
        {
            if (call.Operation is StorageOperation.InsertRecipients)
            {
                Interlocked.Exchange(ref meanwhile, null)?.Invoke();
            }

            return StorageFaultKind.None;
        });
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, pumping: false);
        var (accepted, _, claim) = await ClaimedAsync(app);
        var broadcast = (await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default))!;

        // After it has read the opt-outs, and before it finds the row there.
        meanwhile = () => Task.Run(async () =>
        {
            await app.Service<ChangeOptOuts>().AddAsync([Ada], OptOutSource.Text);
            await app.Service<ClaimLedger>().RecordAsync(claim, new RecipientEvent.Suspended(claim.Id, 0, "")); // and died there
        }).GetAwaiter().GetResult();
        await app.Service<FanOut>().RunAsync(broadcast with { FannedOut = 0, FannedOutAt = null }, default);

        Assert.Null(meanwhile);
        await AssertOptedOutAsync(app, accepted, Ada);
    }

    [Fact]
    public async Task OptOut_WhileUnconfirmed_IsStoppedOnceItIsProvedAbsent()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job, claim) = await ClaimedAsync(app);
        await app.Service<ChangeOptOuts>().AddAsync([Ada], OptOutSource.Text);
        await app.Service<RecipientTable>().TryMergeAsync(job.Key, claim.Row.ETag, new()
        {
            [RecipientColumns.Status] = RecipientStatus.Unconfirmed,
            [RecipientColumns.ClaimedAt] = claim.At.AddHours(-1),
            [RecipientColumns.AbsentAt] = claim.At.AddMinutes(-5),
        }, default);

        var broadcast = await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default);
        await app.Service<ReconcileUnconfirmed>().RunAsync(broadcast!, job.Key, default);

        await AssertOptedOutAsync(app, accepted, Ada);
    }

    [Fact]
    public async Task Post_RepeatAfterAnOptOut_IsTheFirstAnswer()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var first = await PostAsync(app);
        await app.Service<ChangeOptOuts>().AddAsync([Ada], OptOutSource.Text);
        var repeat = await PostAsync(app);

        Assert.Equal(first, repeat);

        static async Task<string> PostAsync(TestApp app)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/broadcasts");
            request.Content = new StringContent($$"""{"message": "Hello", "recipients": ["{{Ada}}", "{{Bob}}"]}""", System.Text.Encoding.UTF8, "application/json");
            request.Headers.Add(IdempotencyKey.Header, "key-1");
            using var response = await app.Http.SendAsync(request);
            return await response.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task OptOut_OnAnotherInstance_IsKnownAtAcceptWithinSeconds()
    {
        var storage = memory.NewAccount();
        await using var one = await TestApp.StartAsync(storage, pumping: false);
        await using var two = await TestApp.StartAsync(storage, pumping: false);
        Assert.Equal(0, (await two.BroadcastAsync("Hello", Ada)).OptedOut);

        await one.Service<ChangeOptOuts>().AddAsync([Ada], OptOutSource.Text);
        var begun = TimeProvider.System.GetUtcNow();
        await Eventually.GetAsync(() => two.BroadcastAsync("Hello", Ada), accepted => accepted.OptedOut == 1);

        Assert.True(TimeProvider.System.GetUtcNow() - begun < TimeSpan.FromSeconds(7));
    }

    private static async Task<(AcceptedView Accepted, SendJob Job, Claim Claim)> ClaimedAsync(TestApp app)
    {
        var accepted = await app.BroadcastAsync("Hello", Ada);
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
        var claim = await app.Service<ClaimLedger>().ClaimAsync(job, app.Twilio.Options.AccountSid, app.Twilio.Options.MessagingServiceSid, default);
        return (accepted, job, claim.Held!);
    }

    private static async Task<string> StatusAsync(TestApp app, AcceptedView accepted, string number) => (await app.RowAsync(accepted.BroadcastId, number)).Status;

    private static async Task AssertOptedOutAsync(TestApp app, AcceptedView accepted, string number, params string[] others)
    {
        Assert.Equal((RecipientStatus.OptedOut, ApplyOptOuts.Reason), ((await app.RowAsync(accepted.BroadcastId, number)).Status, (await app.RowAsync(accepted.BroadcastId, number)).Reason));
        Assert.Equal(others, (await app.TakeAllAsync(QueueNames.Outbound)).Select(job => job.To).Order(StringComparer.Ordinal));
        Assert.Equal(1 + others.Length, (await app.RecipientsAsync(accepted.BroadcastId)).Count);
    }
}
