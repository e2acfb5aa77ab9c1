using Azure.Data.Tables;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A large broadcast's progress is shown as it was counted last, and its sweep reads nothing that has come to its end.</summary>
public sealed class KeptCountsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly KeyValuePair<string, string?>[] Kept = [new("Broadcasts:CountWhenAskedUpTo", "0"), new("Prices:US", "0.01")];

    [Fact]
    public async Task Progress_SoonAfterACount_IsTheSameAndReadsNoRecipient()
    {
        await using var app = await VirtualApp.StartAsync(Kept);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(3) });
        var first = await app.GetAsync(id);
        var at = app.Clock.GetUtcNow();
        await SendAllAsync(app, 3);
        app.Clock.Advance(TimeSpan.FromSeconds(4));

        BroadcastView? soon = null;
        var calls = await app.Storage.CallsOfAsync(async () => soon = await app.GetAsync(id));
        app.Clock.Advance(Minute);
        var later = await app.GetAsync(id);

        Assert.Equal((at, 3), (first.Progress.CountedAt, first.Counts[RecipientStatus.Pending]));
        Assert.Equivalent((first.Counts, first.Progress.CountedAt, first.Status, first.CostSoFar), (soon!.Counts, soon.Progress.CountedAt, soon.Status, soon.CostSoFar));
        Assert.DoesNotContain(calls, IsCount); // an estimate reads some
        Assert.Equal((app.Clock.GetUtcNow(), 3, "finishing"), (later.Progress.CountedAt, later.Counts[RecipientStatus.Submitted], later.Status));
        Assert.True(later.CostSoFar.Known > 0 || later.CostSoFar.UnknownCountries.Count > 0);
    }

    [Fact]
    public async Task Progress_OfAnotherInstance_IsWhatOneHasCounted()
    {
        await using var app = await VirtualApp.StartAsync(Kept);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(3) });
        await SendAllAsync(app, 3);
        var counted = await app.GetAsync(id);
        app.Clock.Advance(TimeSpan.FromSeconds(4));

        BroadcastProgress? other = null;
        var calls = await app.Storage.CallsOfAsync(async () => other = await Another(app).OfAsync((await app.Service<BroadcastStore>().FindAsync(id, default))!, default));

        Assert.Equal((counted.Progress.CountedAt, 3, counted.FirstSentAt), (other!.CountedAt, other.ByStatus[RecipientStatus.Submitted], other.FirstSentAt));
        Assert.Equal(counted.Progress.MessagesPerSecond, Math.Round(other.Rate(other.CountedAt!.Value), 1));
        Assert.DoesNotContain(calls, call => call.IsTo(TableNames.Recipients));
    }

    [Fact]
    public async Task Progress_WhileTheFirstCountTakesLong_IsThatOfTheBeginning()
    {
        await using var app = await VirtualApp.StartAsync(Kept);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(3) });
        var broadcast = (await app.Service<BroadcastStore>().FindAsync(id, default))!;
        app.Storage.Holds = call => call.IsTo(TableNames.Recipients);

        var asked = Another(app).OfAsync(broadcast, default);
        while (!asked.IsCompleted)
        {
            app.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.Equal((broadcast.CreatedAt, 3), ((await asked).CountedAt, (await asked).ByStatus[RecipientStatus.Pending]));
        app.Storage.Release();
    }

    [Fact]
    public async Task Completed_IsShownByItsTotals_AndNoCountIsLeft()
    {
        await using var app = await VirtualApp.StartAsync(Kept);
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(2) });
        await app.GetAsync(id);
        await SendAllAsync(app, 2);
        foreach (var number in TestApp.Numbers(2))
        {
            await LateCallbackTests.CallBackAsync(app, id, number, "delivered");
        }

        app.Clock.Advance(Minute * 2);
        await app.Service<Sweeper>().RunAsync(default);
        var view = await app.GetAsync(id);

        Assert.Equal(("completed", 2, null), (view.Status, view.Counts[RecipientStatus.Delivered], view.Progress.CountedAt));
        Assert.Null(await app.Service<KeptCounts>().FindAsync(id, default));
    }

    [Fact]
    public async Task Sweep_WhileOneIsWaitedFor_CountsNothing()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(3) });
        await SendAllAsync(app, 3);
        await LateCallbackTests.CallBackAsync(app, id, TestApp.Numbers(3)[0], "delivered");

        var calls = await app.Storage.CallsOfAsync(() => app.Service<Sweeper>().RunAsync(default));
        var listed = (await StoredTotalsTests.ListAsync(app)).Single();

        Assert.Equal("finishing", listed.Status); // that nothing is left to be sent is noted all the same
        Assert.DoesNotContain(calls, IsCount);
    }

    [Fact]
    public async Task Sweep_OfManyThatWereRejected_ReadsThemOnce_AndFindsWhoIsRejectedLater()
    {
        const int Many = 120;
        await using var app = await VirtualApp.StartAsync();
        var calls = 0;
        app.Twilio.Next = _ => Interlocked.Increment(ref calls) <= Many ? VirtualTwilio.Behaviour.Reject : VirtualTwilio.Behaviour.Accept;
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = TestApp.Numbers(Many + 1) });
        await app.RunAsync(Minute, Step, () => Task.FromResult(app.Twilio.Messages.Count == 1));
        app.Clock.Advance(TimeSpan.FromSeconds(90));
        await app.Service<Sweeper>().RunAsync(default);

        var sweep = await app.Storage.CallsOfAsync(() => app.Service<Sweeper>().RunAsync(default));
        var row = await app.RowAsync(id, app.Twilio.Messages.Single().To);
        await app.Service<TableServiceClient>().GetTableClient(TableNames.Recipients).UpdateEntityAsync(
            new TableEntity(row.Key.Partition, row.Key.Id) { [RecipientColumns.Status] = RecipientStatus.Rejected, [RecipientColumns.Sid] = "" }, row.ETag);
        app.Clock.Advance(Minute * 3); // its sender is not at it any more
        await app.Service<Sweeper>().RunAsync(default);

        Assert.Contains("Timestamp ge", Assert.Single(sweep, call => call.IsTo(TableNames.Recipients) && call.Address.Contains("status eq 'rejected'", StringComparison.Ordinal)).Address, StringComparison.Ordinal);
        Assert.NotNull((await app.RowAsync(id, row.To)).PoisonedAt);
    }

    private static Task SendAllAsync(VirtualApp app, int count) => app.RunAsync(Minute, Step, () => Task.FromResult(app.Twilio.Messages.Count == count));

    private static bool IsCount(StoredCall call) => call.IsTo(TableNames.Recipients) && call.Columns.Contains(RecipientColumns.SentAt);

    private static CountProgress Another(VirtualApp app) => new(app.Service<RecipientTable>(), app.Service<KeptCounts>(), app.Service<IOptions<BroadcastOptions>>(), app.Clock);
}
