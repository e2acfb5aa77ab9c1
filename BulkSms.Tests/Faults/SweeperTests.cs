using System.Collections.Concurrent;
using System.Net.Http.Json;
using Azure;
using Azure.Data.Tables;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Faults;

/// <summary>How the sweeper goes about it: whom it leaves for the next time, and what it must not do.</summary>
public sealed class SweeperTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";

    [Fact]
    public async Task Sweep_QueueStillHasTheSendJobs_WritesNoMore()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Broadcasts:RequeueAfter", "00:00:01")], pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(20));

        await SweepForAsync(app, TimeSpan.FromSeconds(4));

        Assert.Equal(20, (await app.TakeAllAsync(QueueNames.Outbound)).Count);
        Assert.Equal(20, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]);
    }

    // However long the broadcast takes: what is neither in the queue nor in the hands of a sender is requeued.
    [Fact]
    public async Task Sweep_QueueClearedOfABroadcastThatTakesLong_WritesAllAgain()
    {
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(), [new("Broadcasts:RequeueAfter", "00:00:01"), new("Sending:SegmentsPerSecond", "0.1")], pumping: false);
        await app.BroadcastAsync("Hello", Ada, "+15551230002"); // 20 s
        await app.Queue(QueueNames.Outbound).ClearMessagesAsync();

        await SweepForAsync(app, TimeSpan.FromSeconds(4));

        Assert.Equal([Ada, "+15551230002"], (await app.TakeAllAsync(QueueNames.Outbound)).Select(job => job.To).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(35, false)]
    [InlineData(37, true)]
    public async Task Sweep_NoFinalStatusForHours_ClosesTheBroadcastAfter36(int hours, bool isClosed)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada);
        var row = await app.RowAsync(accepted.BroadcastId, Ada);
        await app.Service<RecipientTable>().TryMergeAsync(row.Key, row.ETag, new()
        {
            [RecipientColumns.Status] = RecipientStatus.Submitted,
            [RecipientColumns.ProviderStatus] = ProviderStatus.Sent,
            [RecipientColumns.Sid] = "SM00000000000000000000000000000000", // Twilio does not have it
            [RecipientColumns.SentAt] = TimeProvider.System.GetUtcNow().AddHours(-hours),
        }, default);

        await app.Table(TableNames.Broadcasts).UpdateEntityAsync(
            new TableEntity("broadcasts", $"b-{accepted.BroadcastId}") { ["createdAt"] = TimeProvider.System.GetUtcNow().AddHours(-hours) }, ETag.All);

        await app.Service<Sweeper>().RunAsync(default);

        var broadcast = (await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default))!;
        Assert.Equal((isClosed, isClosed ? 1 : (int?)null), (broadcast.CompletedAt is not null, broadcast.Totals?.ByStatus[RecipientStatus.Unknown]));
    }

    [Fact]
    public async Task Sweep_RunsOutOfTime_TheNextGoesOnWhereItEnded()
    {
        var (read, isSweeping) = (new ConcurrentQueue<string>(), false);
        using var outOfTime = new CancellationTokenSource();
        await using var proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
        {
            if (isSweeping && call.Operation is StorageOperation.ReadBroadcast && call.Path.Contains("RowKey", StringComparison.Ordinal))
            {
                read.Enqueue(call.Path);
                if (read.Count == 5)
                {
                    outOfTime.Cancel();
                }
            }

            return StorageFaultKind.None;
        });
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, pumping: false);
        for (var i = 0; i < 20; i++)
        {
            await app.BroadcastAsync("Hello", Ada);
        }

        isSweeping = true;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.Service<Sweeper>().RunAsync(outOfTime.Token));
        var before = read.ToArray();
        read.Clear();
        await app.Service<Sweeper>().RunAsync(default);

        Assert.InRange(before.Length, 5, 12);
        Assert.DoesNotContain(read.First(), before);
        Assert.Equal(20, read.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Complete_ReplayedMeanwhile_KeepsItsPause()
    {
        var meanwhile = default(Action);
        await using var proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
        {
            if (call.Operation is StorageOperation.CompleteBroadcast)
            {
                Interlocked.Exchange(ref meanwhile, null)?.Invoke();
            }

            return StorageFaultKind.None;
        });
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, configure: TestApp.WithoutSweeper);
        app.Twilio.Recipients[Ada] = new RecipientBehaviour { RejectCode = 21614 };
        var accepted = await app.BroadcastAsync("Hello", Ada, "+15551230002");
        await app.PoisonAsync(1);
        await app.GetAsync(accepted.BroadcastId, view => view.Counts.GetValueOrDefault(RecipientStatus.Delivered) == 1 && view.Progress.Poisoned == 1);
        using var paused = await app.Http.PostAsync($"/api/v1/broadcasts/{accepted.BroadcastId}/pause", null);
        paused.EnsureSuccessStatusCode();

        meanwhile = () => app.Http.PostAsJsonAsync("/api/v1/poison/replay", new { broadcastId = accepted.BroadcastId }).GetAwaiter().GetResult().EnsureSuccessStatusCode();
        await app.Service<Sweeper>().RunAsync(default);

        Assert.Null(meanwhile);
        Assert.Equal(ControlKind.Paused, (await app.Service<ControlTable>().ReadAsync(default)).Of(accepted.BroadcastId, isMarkedCanceled: false)?.Kind);
        Assert.Equal((RecipientStatus.Pending, 2), ((await app.RowAsync(accepted.BroadcastId, Ada)).Status, app.Twilio.Messages.TotalCalls));
    }

    [Fact]
    public async Task Complete_PausedWhileItIsSwept_ForgetsThePause()
    {
        var meanwhile = default(Action);
        await using var proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
        {
            if (call.Operation is StorageOperation.QueryRecipients)
            {
                Interlocked.Exchange(ref meanwhile, null)?.Invoke();
            }

            return StorageFaultKind.None;
        });
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, configure: TestApp.WithoutSweeper);
        var accepted = await app.BroadcastAsync("Hello", Ada);
        await app.CompletedAsync(accepted.BroadcastId);

        meanwhile = () => app.Http.PostAsync($"/api/v1/broadcasts/{accepted.BroadcastId}/pause", null).GetAwaiter().GetResult().EnsureSuccessStatusCode();
        await app.Service<Sweeper>().RunAsync(default);

        Assert.Null(meanwhile);
        Assert.NotNull((await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default))!.CompletedAt);
        Assert.Empty((await app.Service<ControlTable>().ReadAsync(default)).Broadcasts);
    }

    [Fact]
    public async Task FanOut_AfterAPauseInItsMidst_EnqueuesThoseBeforeTheCheckpointToo()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Broadcasts:InlineRecipientLimit", "0")], pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(60));
        await app.Service<FanOut>().RunAsync(accepted.BroadcastId, default);
        await ForgetFanOutAsync(app, accepted.BroadcastId, fannedOut: 30);
        await app.Queue(QueueNames.Outbound).ClearMessagesAsync(); // dropped by senders while it was held

        await app.Service<FanOutJobHandler>().RunAsync(accepted.BroadcastId, default);

        Assert.Equal(TestApp.Numbers(60), (await app.TakeAllAsync(QueueNames.Outbound)).Select(job => job.To).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task FanOut_DiedAfterACheckpoint_GoesOnThere()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [new("Broadcasts:InlineRecipientLimit", "0")], pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(60));
        await app.Service<BroadcastStore>().CheckpointAsync(accepted.BroadcastId, 25, done: false, default);

        await app.Service<FanOut>().RunAsync(accepted.BroadcastId, default);

        Assert.Equal(TestApp.Numbers(60).Skip(25), (await app.TakeAllAsync(QueueNames.Outbound)).Select(job => job.To).Order(StringComparer.Ordinal));
        Assert.NotNull((await app.Service<BroadcastStore>().FindAsync(accepted.BroadcastId, default))!.FannedOutAt);
    }

    private static Task SweepForAsync(TestApp app, TimeSpan duration)
    {
        var begun = TimeProvider.System.GetTimestamp();
        return Eventually.GetAsync(
            async () =>
            {
                await app.Service<Sweeper>().RunAsync(default);
                return TimeProvider.System.GetElapsedTime(begun);
            },
            passed => passed > duration);
    }

    // As if the fan-out had got so far.
    private static async Task ForgetFanOutAsync(TestApp app, string broadcastId, int fannedOut)
    {
        var table = app.Table(TableNames.Broadcasts);
        var row = table.Query<TableEntity>().Single(row => row.RowKey.EndsWith(broadcastId, StringComparison.Ordinal) && row.ContainsKey("fannedOut"));
        (row["fannedOut"], row["fannedOutAt"]) = (fannedOut, NoTime.Value);
        await table.UpdateEntityAsync(row, Azure.ETag.All);
    }
}
