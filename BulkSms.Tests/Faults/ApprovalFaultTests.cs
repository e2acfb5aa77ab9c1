using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Storage;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using StorageCall = BulkSms.Chaos.Storage.StorageCall;

namespace BulkSms.Tests.Faults;

/// <summary>Nothing is sent before an approval or after a rejection, whatever crashes, is lost or is late; and an approved broadcast is sent whole.</summary>
public sealed class ApprovalFaultTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private TokenIssuer issuer = null!;

    public async ValueTask InitializeAsync() => issuer = await TokenIssuer.StartAsync();

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Theory]
    [InlineData(StorageFaultKind.ApplyThenCut)]
    [InlineData(StorageFaultKind.CutBefore)]
    public async Task Decision_WhoseReplyIsLostOnce_IsMadeOnce(StorageFaultKind fault)
    {
        await using var app = await StartAsync();
        var id = await BroadcastAsync(app);
        var calls = 0;
        app.Breaks = call => IsDecision(call) && Interlocked.Increment(ref calls) == 1 ? fault : StorageFaultKind.None;

        using var approved = await Approvals.DecideAsync(app.Http, issuer, id, "approve");

        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        Assert.True(calls > 1, "the fault was not met");
        Assert.Equal("completed", (await RunAsync(app, id)).Status);
        Assert.Equal(3, app.Twilio.Calls);
    }

    [Fact]
    public async Task Approval_ThatWaits_IsMeasuredByTheSweeper()
    {
        await using var app = await StartAsync();
        using var metrics = new Gauges(app.Service<IMeterFactory>());
        var id = await BroadcastAsync(app);
        app.Clock.Advance(TimeSpan.FromHours(2));

        await app.Service<Sweeper>().RunAsync(default);
        var waiting = metrics.Read("bulksms.approvals.oldest_age");
        using var approved = await Approvals.DecideAsync(app.Http, issuer, id, "approve");
        await app.Service<Sweeper>().RunAsync(default);

        Assert.Equal((7200, 0), (waiting, metrics.Read("bulksms.approvals.oldest_age")));
    }

    // Each reply of the decision is lost, and then the process.
    [Theory]
    [InlineData("approve", "completed", 3)]
    [InlineData("reject", "canceled", 0)]
    public async Task Decision_AppliedUnansweredAndThenTheProcessGone_IsCarriedOut(string verb, string status, int sent)
    {
        var id = "";
        var before = await StartAsync();
        await using (before)
        {
            id = await BroadcastAsync(before);
            before.Breaks = call => IsDecision(call) ? StorageFaultKind.ApplyThenCut : StorageFaultKind.None;
            using var answer = await Approvals.DecideAsync(before.Http, issuer, id, verb);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        await using var app = await StartAsync(before);

        Assert.Equal(status, (await RunAsync(app, id)).Status);
        Assert.Equal(sent, app.Twilio.Calls);
        using var again = await Approvals.DecideAsync(app.Http, issuer, id, verb);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData("approve", "completed", 3)]
    [InlineData("reject", "canceled", 0)]
    public async Task Decision_WhoseFanOutMessageIsLost_IsTheSweepers(string verb, string status, int sent)
    {
        await using var app = await StartAsync();
        var id = await BroadcastAsync(app);
        app.Breaks = call => call.Operation is StorageOperation.SendMessage ? StorageFaultKind.CutBefore : StorageFaultKind.None;

        using var answer = await Approvals.DecideAsync(app.Http, issuer, id, verb);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(verb == "approve" ? "is approved" : "is rejected", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        app.Breaks = _ => StorageFaultKind.None;
        Assert.Equal(status, (await RunAsync(app, id)).Status);
        Assert.Equal(sent, app.Twilio.Calls);
    }

    // The canceled mark is written, and the process dies before the row that stops senders.
    [Fact]
    public async Task Cancel_InterruptedWhileItWaits_SendsNothing()
    {
        await using var app = await StartAsync();
        var id = await BroadcastAsync(app);
        app.Breaks = call => call.Operation is StorageOperation.WriteHold ? StorageFaultKind.CutBefore : StorageFaultKind.None;
        using var canceled = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/cancel", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, canceled.StatusCode);
        app.Breaks = _ => StorageFaultKind.None;

        var view = await RunAsync(app, id);

        Assert.Equal(("canceled", 3, 0), (view.Status, view.Counts[RecipientStatus.Canceled], app.Twilio.Calls));
    }

    [Fact]
    public async Task Awaiting_OverARestartAndHours_IsNotSentAndThenIs()
    {
        var before = await StartAsync();
        var id = "";
        await using (before)
        {
            id = await BroadcastAsync(before);
        }

        await using var app = await StartAsync(before);
        await app.Service<FanOutJobHandler>().RunAsync(id, default); // of the request, as it may come hours later
        await app.RunAsync(TimeSpan.FromHours(5), TimeSpan.FromMinutes(5));
        Assert.Equal((0, "awaitingApproval"), (app.Twilio.Calls, (await app.GetAsync(id)).Status));

        using var approved = await Approvals.DecideAsync(app.Http, issuer, id, "approve");

        Assert.Equal("completed", (await RunAsync(app, id)).Status);
        Assert.Equal(3, app.Twilio.Calls);
    }

    [Theory]
    [InlineData(null, 24)]
    [InlineData(2, 2)]
    public async Task NeverDecided_AtItsEnd_ExpiresWithNothingSent(int? expiresAfter, int hours)
    {
        await using var app = await StartAsync();
        var id = await BroadcastAsync(app, expiresAfter is { } given ? app.Clock.GetUtcNow().AddHours(given) : null);
        await app.RunAsync(TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5));
        Assert.Equal("awaitingApproval", (await app.GetAsync(id)).Status);

        await app.RunAsync(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(30));
        using var late = await Approvals.DecideAsync(app.Http, issuer, id, "approve");

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        await app.RunAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
        var view = await app.GetAsync(id);
        Assert.Equal(("completed", "expired", 3, 0), (view.Status, view.Approval!.Status, view.Counts[RecipientStatus.Expired], app.Twilio.Calls));
        Assert.Contains("was not approved before it expired", app.Logs.Text, StringComparison.Ordinal);
    }

    // After its time, and before the sweeper has seen that.
    [Fact]
    public async Task Approve_PastItsEnd_IsTooLate()
    {
        await using var app = await StartAsync();
        var id = await BroadcastAsync(app, app.Clock.GetUtcNow().AddHours(1));
        app.Clock.Advance(TimeSpan.FromHours(1));

        using var late = await Approvals.DecideAsync(app.Http, issuer, id, "approve");

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(("completed", 0), ((await RunAsync(app, id)).Status, app.Twilio.Calls));
    }

    // A sweep, or a queue message's handler, that has read the broadcast before it was rejected or approved.
    [Fact]
    public async Task FanOut_OfAStaleReading_SendsNothingThatIsNotApproved()
    {
        await using var app = await StartAsync();
        var id = await BroadcastAsync(app);
        var stale = (await app.Service<BroadcastStore>().FindAsync(id, default))!;
        using var rejected = await Approvals.DecideAsync(app.Http, issuer, id, "reject");

        await app.Service<FanOut>().RunAsync(stale, default);
        Assert.Null(await app.Service<ApprovalDecisions>().TryExpireAsync(stale, default));

        Assert.Equal(("canceled", 0), ((await RunAsync(app, id)).Status, app.Twilio.Calls));
    }

    // It may have been approved and sent after the time that storage was restored to; its rows are gone then.
    [Fact]
    public async Task Awaiting_WhenStorageIsRestored_IsRejectedByTheReconciliation()
    {
        await using var app = await StartAsync();
        var old = await BroadcastAsync(app);
        app.Clock.Advance(TimeSpan.FromHours(1));
        var restoredTo = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromHours(1));
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        var later = await BroadcastAsync(app);
        using var resumed = await app.Http.PostAsync($"/api/v1/sending/resume?reconcileSince={restoredTo:yyyy-MM-ddTHH:mm:ssZ}", null);

        await app.Service<ReconcileAfterRestore>().RunAsync(default);

        var view = await RunAsync(app, old);
        Assert.Equal(("canceled", "rejected", 3, 0), (view.Status, view.Approval!.Status, view.Counts[RecipientStatus.Canceled], app.Twilio.Calls));
        Assert.Contains("storage was restored", view.Approval.Comment, StringComparison.Ordinal);
        Assert.Equal("awaitingApproval", (await app.GetAsync(later)).Status);
    }

    private async Task<VirtualApp> StartAsync(VirtualApp? before = null)
    {
        var app = await VirtualApp.StartAsync(Approvals.Settings(issuer), before);
        Approvals.SignIn(app.Http, issuer);
        return app;
    }

    private static Task<string> BroadcastAsync(VirtualApp app, DateTimeOffset? expiresAt = null)
    {
        var (message, recipients) = ($"Hello at {app.Clock.GetUtcNow():HH:mm}", Approvals.Numbers(3));
        return app.BroadcastAsync(expiresAt is { } given ? new { message, recipients, expiresAt = given } : (object)new { message, recipients });
    }

    private static async Task<BroadcastView> RunAsync(VirtualApp app, string id)
    {
        await app.RunAsync(TimeSpan.FromHours(2), Step, async () => BroadcastStatus.IsFinal((await app.GetAsync(id)).Status));
        return await app.GetAsync(id);
    }

    private static bool IsDecision(StorageCall call) => call.Operation is StorageOperation.MergeBroadcast && call.Body.Contains("\"approval\"", StringComparison.Ordinal);
}
