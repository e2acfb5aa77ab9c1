using BulkSms.Broadcasts;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.StatusCallbacks;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A recipient that had come to an end changes once more, after its broadcast was counted: the totals stay true.</summary>
public sealed class LateCallbackTests
{
    private static readonly string[] Numbers = TestApp.Numbers(30);

    [Fact]
    public async Task Delivered_AfterUnknown_IsCountedAtOnceAndStoredOnce()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await ClosedAsync(app);
        Assert.Equal((30, "completed"), ((await FindAsync(app, id)).Totals!.ByStatus[RecipientStatus.Unknown], (await StoredTotalsTests.ListAsync(app)).Single().Status));

        await CallBackAsync(app, id, Numbers[0], "delivered");
        await CallBackAsync(app, id, Numbers[0], "delivered"); // Twilio repeats itself
        var counted = await app.GetAsync(id);
        await SweepAsync(app); // its sender may have been at it still
        var open = await FindAsync(app, id);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(app);
        var closed = await FindAsync(app, id);
        await CallBackAsync(app, id, Numbers[0], "delivered");
        var after = await app.GetAsync(id);

        Assert.Equal(("completed", 1, 29), (counted.Status, counted.Counts[RecipientStatus.Delivered], counted.Counts[RecipientStatus.Unknown]));
        Assert.Equal((null, null), (open.CompletedAt, open.Totals));
        Assert.Equal((1, 29), (closed.Totals!.ByStatus[RecipientStatus.Delivered], closed.Totals.ByStatus[RecipientStatus.Unknown]));
        Assert.Equal((1, 29), (after.Counts[RecipientStatus.Delivered], after.Counts[RecipientStatus.Unknown]));
        Assert.Equal(closed.CompletedAt, (await FindAsync(app, id)).CompletedAt); // nothing new: it is not opened again
        Assert.Empty(await app.Service<BroadcastStore>().ListActiveAsync(default).ToListAsync());
    }

    [Fact]
    public async Task Failure_AfterUnknown_TellsItsCodeInTheTotals()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await ClosedAsync(app);

        await CallBackAsync(app, id, Numbers[0], "failed", 30003);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(app);

        Assert.Equal((30003, 1), Assert.Single((await FindAsync(app, id)).Totals!.ByCode.Select(each => (each.Key, each.Value))));
    }

    [Theory]
    [InlineData("sent")] // says nothing that would be counted otherwise
    [InlineData("queued")]
    public async Task Word_ThatChangesNoCount_LeavesTheTotals(string word)
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await ClosedAsync(app);
        var before = await FindAsync(app, id);

        await CallBackAsync(app, id, Numbers[0], word);

        Assert.Equal((before.CompletedAt, before.ETag), ((await FindAsync(app, id)).CompletedAt, (await FindAsync(app, id)).ETag));
    }

    [Fact]
    public async Task Read_AfterDelivered_LeavesTheTotals()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await ClosedAsync(app, "delivered");
        var before = await FindAsync(app, id);

        await CallBackAsync(app, id, Numbers[0], "read");

        Assert.Equal(before.ETag, (await FindAsync(app, id)).ETag);
    }

    [Fact]
    public async Task Callbacks_ByTheDozen_OpenTheirBroadcastOnce()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await ClosedAsync(app);

        var calls = await app.Storage.CallsOfAsync(async () =>
        {
            foreach (var number in Numbers)
            {
                await CallBackAsync(app, id, number, "delivered");
            }
        });
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(app);

        Assert.Single(calls, call => call.Address.Contains("$batch", StringComparison.Ordinal));
        Assert.Equal(30, (await FindAsync(app, id)).Totals!.ByStatus[RecipientStatus.Delivered]);
    }

    // The sweeper has counted, the callback comes, the sweeper stores: it may not.
    [Fact]
    public async Task Count_ThatACallbackOvertakes_IsNotStored()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await ClosedAsync(app);
        await app.Service<ClosedBroadcasts>().OpenAsync(id, default);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        var read = await FindAsync(app, id);
        var counted = await BroadcastProgress.CountBilledAsync(app.Service<RecipientTable>(), read, app.Clock.GetUtcNow(), default);

        await CallBackAsync(app, id, Numbers[0], "delivered");

        Assert.False(await app.Service<BroadcastStore>().CompleteAsync(read, counted, default));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(app);
        Assert.Equal(1, (await FindAsync(app, id)).Totals!.ByStatus[RecipientStatus.Delivered]);
    }

    // Its handler opens the broadcast and dies; Twilio calls again.
    [Fact]
    public async Task Callback_WhoseHandlerDiesHalfWay_IsCountedByItsRepeat()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await ClosedAsync(app);

        Assert.True(await app.Service<ClosedBroadcasts>().ReopenAsync(id, default));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(app);
        Assert.Equal(30, (await FindAsync(app, id)).Totals!.ByStatus[RecipientStatus.Unknown]);
        await CallBackAsync(app, id, Numbers[0], "delivered");
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(app);

        Assert.Equal(1, (await FindAsync(app, id)).Totals!.ByStatus[RecipientStatus.Delivered]);
    }

    // A sender that was frozen for a day tells of its message when it wakes up.
    [Fact]
    public async Task Message_OfWhoHadExpired_IsFollowedToItsEnd()
    {
        await using var app = await VirtualApp.StartAsync();
        app.Twilio.Next = _ => VirtualTwilio.Behaviour.Refuse;
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers[..1], expiresAt = app.Clock.GetUtcNow().AddHours(1) });
        await app.RunAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1), async () => (await FindAsync(app, id)).CompletedAt is not null);
        Assert.Equal(1, (await FindAsync(app, id)).Totals!.ByStatus[RecipientStatus.Expired]);

        app.Twilio.Add(Numbers[0], "MG00000000000000000000000000000000");
        await app.Service<ClaimLedger>().RecordSidAsync(RecipientKey.Of(id, Numbers[0], 1), null, app.Twilio.Messages.Single().Sid, "accepted");
        var open = await app.GetAsync(id);
        await app.RunAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1), async () => (await FindAsync(app, id)).CompletedAt is not null);

        Assert.Equal(("finishing", 1), (open.Status, open.Counts[RecipientStatus.Submitted]));
        Assert.Equal(1, (await FindAsync(app, id)).Totals!.ByStatus[RecipientStatus.Delivered]);
    }

    [Fact]
    public async Task Callback_ToAnErasedBroadcast_ChangesNothing()
    {
        await using var app = await VirtualApp.StartAsync([new("Retention:EraseAfter", "00:00:00")]);
        var id = await ClosedAsync(app);
        Assert.True(await app.Service<ClosedBroadcasts>().TryBeginEraseAsync(id, TimeSpan.Zero, default)); // its rows are there still

        await CallBackAsync(app, id, Numbers[0], "delivered");

        Assert.Equal(30, (await FindAsync(app, id)).Totals!.ByStatus[RecipientStatus.Unknown]);
        Assert.Equal(RecipientStatus.Unknown, (await app.RowAsync(id, Numbers[0])).Status);
    }

    internal static async Task CallBackAsync(VirtualApp app, string id, string number, string word, int? code = null)
    {
        var row = await app.RowAsync(id, number);
        await app.Service<ApplyStatusCallback>().ApplyAsync(row.Key, new(row.Sid!, word, code));
    }

    // Sent, and then no last word of Twilio's for 36 hours.
    private static async Task<string> ClosedAsync(VirtualApp app, string status = "sent")
    {
        app.Twilio.Status = status;
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers });
        await app.RunAsync(TimeSpan.FromHours(40), TimeSpan.FromMinutes(20), async () => (await FindAsync(app, id)).CompletedAt is not null);
        Assert.NotNull((await FindAsync(app, id)).Totals);
        return id;
    }

    private static async Task<Broadcast> FindAsync(VirtualApp app, string id) => (await app.Service<BroadcastStore>().FindAsync(id, default))!;

    private static Task SweepAsync(VirtualApp app) => app.Service<Sweeper>().RunAsync(default);
}
