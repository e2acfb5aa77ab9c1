using System.Collections.Concurrent;
using System.Net;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.Faults;

/// <summary>Every write of ours may be applied while we see a failure: no recipient may be texted twice or lost for it.</summary>
public sealed class LostReplyTests(MemoryFixture memory)
{
    // What neither the request nor the queue could finish is the sweeper's, and soon.
    private static readonly KeyValuePair<string, string?>[] QuickSweeper =
        [new("LocalHost:SweepEvery", "00:00:01"), new("Broadcasts:UnfinishedAfter", "00:00:02"), new("Broadcasts:RequeueAfter", "00:00:05")];

    public static TheoryData<StorageOperation, StorageFaultKind> Writes
    {
        get
        {
            var all = new TheoryData<StorageOperation, StorageFaultKind>();
            foreach (var operation in new[]
            {
                StorageOperation.CommitBroadcast, StorageOperation.InsertRecipients, StorageOperation.MergeRecipient,
                StorageOperation.SendMessage, StorageOperation.DeleteMessage, StorageOperation.MergeBroadcast,
            })
            {
                all.Add(operation, StorageFaultKind.ApplyThenCut);
                all.Add(operation, StorageFaultKind.ApplyThenBusy);
                all.Add(operation, StorageFaultKind.CutBefore);
                all.Add(operation, StorageFaultKind.BusyBefore);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Write_FailsForEverySecondCall_StillSendsEachOnce(StorageOperation operation, StorageFaultKind fault)
    {
        var calls = 0;
        var account = memory.NewAccount();
        await using var proxy = await StorageProxy.StartAsync(account, call =>
            call.Operation == operation && Interlocked.Increment(ref calls) % 2 == 1 ? fault : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, QuickSweeper);

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(30));
        var view = await app.CompletedAsync(accepted.BroadcastId);

        Assert.Equal(30, view.Counts[RecipientStatus.Delivered]);
        Assert.Equal((30, 30, 1), (app.Twilio.Messages.Accepted, app.Twilio.Messages.TotalCalls, app.Twilio.Messages.MaxAcceptedPerNumber));
        Assert.True(calls > 1, "the fault was never met");
    }

    [Theory]
    [InlineData(StorageFaultKind.ApplyThenCut)]
    [InlineData(StorageFaultKind.ApplyThenBusy)]
    public async Task EveryMerge_AppliedThenFailedOnce_RejectsWithOneCallAndPoison(StorageFaultKind fault)
    {
        var met = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await using var proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
            call.Operation is StorageOperation.MergeRecipient && met.TryAdd(call.Body, true) ? fault : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(proxy.ConnectionString);
        app.Twilio.Recipients["+15551230001"] = new RecipientBehaviour { RejectCode = 21614 };

        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        await app.CompletedAsync(accepted.BroadcastId);
        await app.RowAsync(accepted.BroadcastId, "+15551230001", row => row.PoisonedAt is not null);

        Assert.Single(app.Twilio.Messages.CallsFor("+15551230001"));
        Assert.Single(await app.PoisonAsync(1));
        Assert.True(met.Count >= 3, "claim, result and poison mark were not all met");
    }

    [Fact]
    public async Task Commit_NeverAnswered_IsOutcomeUnknownWithItsId()
    {
        await using var proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
            call.Operation is StorageOperation.CommitBroadcast ? StorageFaultKind.ApplyThenCut : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, [new("Broadcasts:CommitProbe", "00:00:01")], pumping: false);

        using var response = await app.PostAsync("Hello", "+15551230001");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var problem = System.Text.Json.JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ProblemDocument.Json)!;
        Assert.Equal("urn:bulksms:problem:outcome-unknown", problem.Type);
        Assert.Equal(1, (await app.GetAsync(problem.BroadcastId!)).RecipientsCount);
    }

    [Fact]
    public async Task Commit_WithoutRecipientsBecauseAllHaveOptedOut_IsCompletedAlthoughItsReplyIsLost()
    {
        var broken = false;
        await using var proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
            call.Operation is StorageOperation.CommitBroadcast && Interlocked.Exchange(ref broken, false) ? StorageFaultKind.ApplyThenCut : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, pumping: false);
        using var ada = await app.OptOutAsync("+15551230001");

        broken = true;
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        using var bob = await app.OptOutAsync("+15551230002");
        await app.Service<Dispatch.FanOutJobHandler>().RunAsync(accepted.BroadcastId, default);
        await app.Service<Dispatch.Sweeper>().RunAsync(default);

        Assert.False(broken);
        Assert.True(bob.IsSuccessStatusCode, "one broadcast that cannot be read must not keep others from opting out");
        Assert.Equal((0, "completed"), (accepted.RecipientsCount, (await app.GetAsync(accepted.BroadcastId)).Status));
        Assert.Empty(await app.Service<BroadcastStore>().ListActiveAsync(default).ToListAsync());
    }

    [Fact]
    public async Task Commit_AppliedUnansweredAndThenStorageGone_IsNeverCalledNotAccepted()
    {
        StorageProxy? proxy = null;
        proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
        {
            if (call.Operation is not StorageOperation.CommitBroadcast)
            {
                return StorageFaultKind.None;
            }

            _ = proxy!.DisposeAsync().AsTask(); // the next try finds no listener
            return StorageFaultKind.ApplyThenCut;
        });
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, [new("Broadcasts:CommitProbe", "00:00:02")], pumping: false);

        using var response = await app.PostAsync("Hello", "+15551230001");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("outcome-unknown", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FanOut_DiesAfterTheCommit_Is202AndTheSweeperFinishesIt()
    {
        var broken = true;
        await using var proxy = await StorageProxy.StartAsync(memory.NewAccount(), call =>
            broken && call.Operation is StorageOperation.InsertRecipients or StorageOperation.SendMessage && broken ? StorageFaultKind.CutBefore : StorageFaultKind.None);
        await using var app = await TestApp.StartAsync(proxy.ConnectionString, [new("Broadcasts:UnfinishedAfter", "00:00:01")]);

        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(10));
        Assert.Equal("preparing", (await app.GetAsync(accepted.BroadcastId)).Status);
        broken = false;
        var view = await Eventually.GetAsync(
            async () =>
            {
                await app.Service<Dispatch.Sweeper>().RunAsync(default);
                return await app.GetAsync(accepted.BroadcastId);
            },
            view => view.Status == "completed");

        Assert.Equal(10, view.Counts[RecipientStatus.Delivered]);
        Assert.Equal((10, 1), (app.Twilio.Messages.Accepted, app.Twilio.Messages.MaxAcceptedPerNumber));
    }
}
