using System.Net;
using BulkSms.Chaos.Storage;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.SendingControl;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Faults;

/// <summary>The job that sets aside what may have been sent before a restore dies anywhere: nothing is sent before it is finished, and it is finished.</summary>
public sealed class InterruptedReconciliationTests
{
    private static readonly string[] Numbers = TestApp.Numbers(12);

    [Fact]
    public async Task Crash_InTheMiddleOfABroadcast_SendsNothingAndTheNextInstanceFinishesIt()
    {
        await using var dying = await VirtualApp.StartAsync();
        var id = await dying.BroadcastAsync(new { message = "Hello", recipients = Numbers });
        await SuspendAndAskAsync(dying);
        var merges = 0;
        dying.Breaks = call => call.Operation is StorageOperation.MergeRecipient && Interlocked.Increment(ref merges) > 5 ? StorageFaultKind.CutBefore
            : call.Operation is StorageOperation.ReadRecipient && Volatile.Read(ref merges) > 5 ? StorageFaultKind.CutBefore
            : StorageFaultKind.None;
        await dying.Service<ReconcileAfterRestore>().RunAsync(default);
        var unfinished = await dying.Service<ControlTable>().ReadAsync(default);

        Assert.Contains("The reconciliation after a restore was interrupted", dying.Logs.Text, StringComparison.Ordinal);
        Assert.True(unfinished.Reconciliation is { IsRunning: true, RecipientsSetAside: 0 } && unfinished.Stop(id));
        await using var next = await VirtualApp.StartAsync(before: dying);
        await PumpAsync(next);
        Assert.Equal(0, next.Twilio.Calls);

        await next.Service<ReconcileAfterRestore>().RunAsync(default);

        var view = (await next.SendingAsync()).Reconciliation!;
        Assert.Equal(("finished", 1, 1, 12), (view.Status, view.BroadcastsDone, view.BroadcastsTotal, view.RecipientsSetAside));
        Assert.Equal(12, (await next.GetAsync(id)).Counts[RecipientStatus.Unconfirmed]);
        await next.RunAsync(TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), async () => (await next.GetAsync(id)).Status is "finishing" or "completed");
        Assert.Equal((12, 12), (next.Twilio.Calls, next.Twilio.Messages.Select(message => message.To).Distinct().Count()));
    }

    [Fact]
    public async Task Crash_BetweenBroadcasts_GoesOnWithTheNextOne()
    {
        await using var app = await VirtualApp.StartAsync();
        var ids = await TwoBroadcastsAsync(app);
        await SuspendAndAskAsync(app);
        app.Breaks = call => call.Path.Contains(ids[0], StringComparison.Ordinal) && call.Operation is StorageOperation.ReadRecipient ? StorageFaultKind.CutBefore : StorageFaultKind.None;
        await app.Service<ReconcileAfterRestore>().RunAsync(default);
        var half = (await app.SendingAsync()).Reconciliation!;
        var written = (await app.RowAsync(ids[1], Numbers[3])).ETag;

        app.Breaks = _ => StorageFaultKind.None;
        await app.Service<ReconcileAfterRestore>().RunAsync(default);

        var whole = (await app.SendingAsync()).Reconciliation!;
        Assert.Equal(("running", 1, 2, 5), (half.Status, half.BroadcastsDone, half.BroadcastsTotal, half.RecipientsSetAside));
        Assert.Equal(("finished", 2, 2, 8), (whole.Status, whole.BroadcastsDone, whole.BroadcastsTotal, whole.RecipientsSetAside));
        Assert.Equal(written, (await app.RowAsync(ids[1], Numbers[3])).ETag);
    }

    [Fact]
    public async Task EarlierTime_AskedForInTheMiddle_BeginsAgainWithIt()
    {
        await using var app = await VirtualApp.StartAsync();
        var ids = await TwoBroadcastsAsync(app);
        await SuspendAndAskAsync(app);
        app.Breaks = call => call.Path.Contains(ids[0], StringComparison.Ordinal) && call.Operation is StorageOperation.ReadRecipient ? StorageFaultKind.CutBefore : StorageFaultKind.None;
        await app.Service<ReconcileAfterRestore>().RunAsync(default);
        app.Breaks = _ => StorageFaultKind.None;

        var earlier = app.Clock.GetUtcNow().AddHours(-3);
        await AskAsync(app, earlier);
        await app.Service<ReconcileAfterRestore>().RunAsync(default);

        var view = (await app.SendingAsync()).Reconciliation!;
        Assert.Equal(("finished", earlier, 2, 8), (view.Status, view.Since, view.BroadcastsDone, view.RecipientsSetAside));
        Assert.Equal([earlier, earlier], [(await app.RowAsync(ids[0], Numbers[0])).SuspectFrom, (await app.RowAsync(ids[1], Numbers[3])).SuspectFrom]);
    }

    [Fact]
    public async Task Finish_WhoseAnswerIsLost_SendsEachOnce()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers });
        await SuspendAndAskAsync(app);
        app.Breaks = call => call.Operation is StorageOperation.WriteHold && call.Body.Contains("\"finishedAt\":\"", StringComparison.Ordinal) ? StorageFaultKind.ApplyThenCut : StorageFaultKind.None;
        await app.Service<ReconcileAfterRestore>().RunAsync(default);

        app.Breaks = _ => StorageFaultKind.None;
        await app.RunAsync(TimeSpan.FromHours(1), TimeSpan.FromSeconds(10), async () => (await app.GetAsync(id)).Status is "finishing" or "completed");

        Assert.Equal((12, 12), (app.Twilio.Calls, app.Twilio.Messages.Select(message => message.To).Distinct().Count()));
    }

    [Fact]
    public async Task Probe_OfASuspensionThatEndsByItself_IsNotSentWhileAReconciliationRuns()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers });
        await app.Service<ControlTable>().SuspendAsync(63038, "the daily limit", app.Clock.GetUtcNow().AddMinutes(1), default);
        Assert.Equal(ReconciliationStart.Runs, (await app.Service<ReconciliationTable>().StartAsync(app.Clock.GetUtcNow().AddHours(-1), new())).Outcome);

        await PumpAsync(app);

        var control = await app.Service<ControlTable>().ReadAsync(default);
        Assert.Equal((63038, null), (control.Suspension!.Code, control.Suspension.NextProbeAt));
        Assert.Equal((0, 12), (app.Twilio.Calls, (await app.GetAsync(id)).Counts[RecipientStatus.Pending]));
    }

    [Fact]
    public async Task Send_ThatFailsAfterItsRowWasSetAside_DoesNotMakeItPending()
    {
        await using var app = await VirtualApp.StartAsync();
        var id = await app.BroadcastAsync(new { message = "Hello", recipients = Numbers[..1] });
        var job = Assert.Single(await app.ReceiveAndDieAsync());
        var claim = (await app.Service<ClaimLedger>().ClaimAsync(job, "AC", "MG", default)).Held!;
        await SuspendAndAskAsync(app);
        await app.Service<ReconcileAfterRestore>().RunAsync(default);

        Assert.Null(await app.Service<ClaimLedger>().RecordAsync(claim, new RecipientEvent.Returned(claim.Id, app.Clock.GetUtcNow(), 20429, "too many requests")));

        Assert.Equal(RecipientStatus.Unconfirmed, (await app.RowAsync(id, Numbers[0])).Status);
    }

    // The second is the newer one, and so has its turn first.
    private static async Task<string[]> TwoBroadcastsAsync(VirtualApp app)
    {
        var first = await app.BroadcastAsync(new { message = "One", recipients = Numbers[..3] });
        app.Clock.Advance(TimeSpan.FromSeconds(10));
        return [first, await app.BroadcastAsync(new { message = "Two", recipients = Numbers[3..8] })];
    }

    // Half an hour of sweeps and queue triggers, but without the job: it is dead.
    private static async Task PumpAsync(VirtualApp app) => await app.RunAsync(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(20));

    private static async Task SuspendAndAskAsync(VirtualApp app)
    {
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        suspended.EnsureSuccessStatusCode();
        await AskAsync(app, app.Clock.GetUtcNow().AddHours(-1));
    }

    private static async Task AskAsync(VirtualApp app, DateTimeOffset since)
    {
        using var asked = await app.Http.PostAsync($"/api/v1/sending/resume?reconcileSince={Uri.EscapeDataString(since.ToString("O"))}", null);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
    }
}
