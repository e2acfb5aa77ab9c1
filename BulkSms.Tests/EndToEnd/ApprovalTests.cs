using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A broadcast that another caller has to approve. What crashes cannot do to it: see Faults.</summary>
public sealed class ApprovalTests(MemoryFixture memory) : IAsyncLifetime
{
    private TokenIssuer issuer = null!;

    public async ValueTask InitializeAsync() => issuer = await TokenIssuer.StartAsync();

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Fact]
    public async Task Broadcast_AboveTheLimit_IsSentOnceAnotherCallerHasApprovedIt()
    {
        await using var app = await StartAsync();
        using var posted = await app.PostAsync("Hello", Approvals.Numbers(3));
        var accepted = (await posted.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedView))!;
        Assert.Equal((HttpStatusCode.Accepted, "awaitingApproval"), (posted.StatusCode, accepted.Status));
        var waiting = await app.GetAsync(accepted.BroadcastId);
        Assert.Equal(("awaitingApproval", "awaiting", (string?)null), (waiting.Status, waiting.Approval!.Status, waiting.Approval.By));
        Assert.Equal([accepted.BroadcastId], await ListedAsync(app, "awaitingApproval"));
        Assert.Equal([accepted.BroadcastId], await ListedAsync(app, "waiting"));

        using var approved = await Approvals.DecideAsync(app.Http, issuer, accepted.BroadcastId, "approve", "fine, call +12015550199");

        Assert.Equal((HttpStatusCode.OK, "preparing"), (approved.StatusCode, (await StatusOf(approved))));
        var view = await app.CompletedAsync(accepted.BroadcastId);
        Assert.Equal((3, 3, 1), (view.Counts[RecipientStatus.Delivered], app.Twilio.Messages.TotalCalls, app.Twilio.Messages.MaxAcceptedPerNumber));
        Assert.Equal(("approved", "approver", "fine, call +1201•••0199"), (view.Approval!.Status, view.Approval.By, view.Approval.Comment));
        Assert.Equal([("approveBroadcast", "approver", "done"), ("createBroadcast", "maker", "done")], await AuditAsync(app, accepted.BroadcastId));
    }

    [Fact]
    public async Task Maker_DecidesNothing_WhateverItsRoles()
    {
        await using var app = await StartAsync();
        var id = (await app.BroadcastAsync("Hello", Approvals.Numbers(2))).BroadcastId;

        using var approved = await Approvals.DecideAsync(app.Http, issuer, id, "approve", caller: Approvals.Maker);
        using var rejected = await Approvals.DecideAsync(app.Http, issuer, id, "reject", caller: Approvals.Maker);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (approved.StatusCode, rejected.StatusCode));
        Assert.Equal("awaitingApproval", (await app.GetAsync(id)).Status);
        Assert.Equal(["createBroadcast"], (await AuditAsync(app, id)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task Reject_EndsItAsCanceledWithNothingSent()
    {
        await using var app = await StartAsync();
        var id = (await app.BroadcastAsync("Hello", Approvals.Numbers(3))).BroadcastId;

        using var rejected = await Approvals.DecideAsync(app.Http, issuer, id, "reject", "wrong day");
        using var again = await Approvals.DecideAsync(app.Http, issuer, id, "reject");
        using var late = await Approvals.DecideAsync(app.Http, issuer, id, "approve", caller: "another");
        using var resumed = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/resume", null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict), (rejected.StatusCode, again.StatusCode, late.StatusCode, resumed.StatusCode));
        var view = await Eventually.GetAsync(() => SweptAsync(app, id), view => view.Status == "canceled");
        await Eventually.GetAsync(
            async () =>
            {
                await app.Service<Sweeper>().RunAsync(default);
                return (await app.Service<BroadcastStore>().FindAsync(id, default))!.Totals;
            },
            totals => totals is not null);
        Assert.Equal((3, 0), (view.Counts[RecipientStatus.Canceled], app.Twilio.Messages.TotalCalls));
        Assert.Equal(("rejected", "approver", "wrong day"), (view.Approval!.Status, view.Approval.By, view.Approval.Comment));
        Assert.Equal([("rejectBroadcast", "approver", "done"), ("rejectBroadcast", "approver", "done"), ("createBroadcast", "maker", "done")], await AuditAsync(app, id));
    }

    [Fact]
    public async Task Cancel_WhileItWaits_LeavesNothingToBeApproved()
    {
        await using var app = await StartAsync();
        var id = (await app.BroadcastAsync("Hello", Approvals.Numbers(3))).BroadcastId;

        using var canceled = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/cancel", null);
        using var late = await Approvals.DecideAsync(app.Http, issuer, id, "approve");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (canceled.StatusCode, late.StatusCode));
        var view = await Eventually.GetAsync(() => SweptAsync(app, id), view => view.Status == "canceled");
        Assert.Equal((3, "canceled", 0), (view.Counts[RecipientStatus.Canceled], view.Approval!.Status, app.Twilio.Messages.TotalCalls));
    }

    [Fact]
    public async Task Approve_Twice_IsHarmless()
    {
        await using var app = await StartAsync();
        var id = (await app.BroadcastAsync("Hello", Approvals.Numbers(3))).BroadcastId;

        using var first = await Approvals.DecideAsync(app.Http, issuer, id, "approve", "first");
        using var second = await Approvals.DecideAsync(app.Http, issuer, id, "approve", "second", "another");
        var view = await app.CompletedAsync(id);
        using var third = await Approvals.DecideAsync(app.Http, issuer, id, "approve");
        using var late = await Approvals.DecideAsync(app.Http, issuer, id, "reject");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode, third.StatusCode, late.StatusCode));
        Assert.Equal(("first", "approver", 3, 1), (view.Approval!.Comment, view.Approval.By, app.Twilio.Messages.TotalCalls, app.Twilio.Messages.MaxAcceptedPerNumber));
    }

    [Fact]
    public async Task ApproveRejectAndCancel_AtOnce_OneDecisionIsMade()
    {
        await using var app = await StartAsync(pumping: false);
        for (var i = 0; i < 12; i++)
        {
            var id = (await app.BroadcastAsync($"Hello {i}", Approvals.Numbers(2))).BroadcastId;

            var answers = await Task.WhenAll(
                Approvals.DecideAsync(app.Http, issuer, id, "approve"), Approvals.DecideAsync(app.Http, issuer, id, "reject"),
                i % 2 == 0 ? app.Http.PostAsync($"/api/v1/broadcasts/{id}/cancel", null) : Approvals.DecideAsync(app.Http, issuer, id, "approve", caller: "another"));

            var (approved, rejected, third) = (answers[0].StatusCode is HttpStatusCode.OK, answers[1].StatusCode is HttpStatusCode.OK, answers[2].StatusCode is HttpStatusCode.OK);
            var approval = (await app.GetAsync(id)).Approval!.Status;
            Assert.False(approved && rejected);
            Assert.Equal(approval, approved || (i % 2 == 1 && third) ? "approved" : rejected ? "rejected" : "canceled");
            Assert.True(i % 2 == 1 || third || rejected, "a broadcast can be canceled unless it is");
            Array.ForEach(answers, answer => answer.Dispose());
        }
    }

    [Fact]
    public async Task Repeat_UnderItsKey_IsAnsweredAsTheFirstWhateverWasDecided()
    {
        await using var app = await StartAsync();
        app.Http.DefaultRequestHeaders.Add(IdempotencyKey.Header, "k");
        var first = await app.BroadcastAsync("Hello", Approvals.Numbers(2));
        var waiting = await app.BroadcastAsync("Hello", Approvals.Numbers(2));
        using var approved = await Approvals.DecideAsync(app.Http, issuer, first.BroadcastId, "approve");
        await app.CompletedAsync(first.BroadcastId);
        var after = await app.BroadcastAsync("Hello", Approvals.Numbers(2));

        Assert.Equal((first.BroadcastId, "awaitingApproval"), (waiting.BroadcastId, waiting.Status));
        Assert.Equal((first.BroadcastId, "awaitingApproval"), (after.BroadcastId, after.Status));
        Assert.Equal(2, app.Twilio.Messages.TotalCalls);
    }

    // Whatever else may put a recipient to work: none of it finds one before the approval.
    [Fact]
    public async Task Awaiting_WhateverElseIsDone_IsNotSent()
    {
        await using var app = await StartAsync();
        var numbers = Approvals.Numbers(4);
        var id = (await app.BroadcastAsync("Hello", numbers)).BroadcastId;
        using var optedOut = await app.OptOutAsync(numbers[3]);
        Assert.Equal(200, await app.Twilio.SendInboundAsync(new(app.Url, "/api/webhooks/optout"), numbers[0], "I asked you to stop last week", null));
        using var dismissed = await app.Http.PostAsJsonAsync("/api/v1/optouts/review", new { phone = numbers[0], decision = "dismiss" });
        await app.Service<FanOutJobHandler>().RunAsync(id, default);
        using var paused = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/pause", null);
        Assert.Equal("awaitingApproval", (await app.GetAsync(id)).Status);
        using var resumed = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/resume", null);
        using var replayed = await app.Http.PostAsJsonAsync("/api/v1/poison/replay", new { broadcastId = id });
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        using var lifted = await app.Http.PostAsync("/api/v1/sending/resume", null);
        await app.Service<Sweeper>().RunAsync(default);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (paused.StatusCode, resumed.StatusCode, replayed.StatusCode, lifted.StatusCode));
        Assert.Empty(await app.RecipientsAsync(id));
        await Eventually.GetAsync(async () => (await app.Queue(QueueNames.Expand).GetPropertiesAsync()).Value.ApproximateMessagesCount, left => left == 0);
        Assert.Equal((0, "awaitingApproval"), (app.Twilio.Messages.TotalCalls, (await app.GetAsync(id)).Status));

        using var approved = await Approvals.DecideAsync(app.Http, issuer, id, "approve");
        var view = await app.CompletedAsync(id);
        Assert.Equal((3, 1), (view.Counts[RecipientStatus.Delivered], view.Counts[RecipientStatus.OptedOut]));
    }

    [Fact]
    public async Task Paused_WhileItWaits_StaysPausedOnceApproved()
    {
        await using var app = await StartAsync();
        var id = (await app.BroadcastAsync("Hello", Approvals.Numbers(2))).BroadcastId;
        using var paused = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/pause", null);

        using var approved = await Approvals.DecideAsync(app.Http, issuer, id, "approve");
        await app.GetAsync(id, view => view.Counts.GetValueOrDefault(RecipientStatus.Pending) == 2);

        Assert.Equal(("paused", "paused", 0), (await StatusOf(approved), (await app.GetAsync(id)).Status, app.Twilio.Messages.TotalCalls));
        using var resumed = await app.Http.PostAsync($"/api/v1/broadcasts/{id}/resume", null);
        await app.CompletedAsync(id);
    }

    // An app whose settings ask for no tokens any more knows no roles.
    [Fact]
    public async Task Decision_WithoutTokens_IsRefused()
    {
        var storage = memory.NewAccount();
        await using var app = await StartAsync(storage: storage);
        var id = (await app.BroadcastAsync("Hello", Approvals.Numbers(2))).BroadcastId;
        await using var open = await TestApp.StartAsync(storage, pumping: false, twilio: app.Twilio);

        using var approved = await open.Http.PostAsync($"/api/v1/broadcasts/{id}/approve", null);
        using var rejected = await open.Http.PostAsync($"/api/v1/broadcasts/{id}/reject", null);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (approved.StatusCode, rejected.StatusCode));
        Assert.Equal("awaitingApproval", (await open.GetAsync(id)).Status);
    }

    private async Task<TestApp> StartAsync(bool pumping = true, string? storage = null)
    {
        var app = await TestApp.StartAsync(storage ?? memory.NewAccount(), Approvals.Settings(issuer), pumping);
        Approvals.SignIn(app.Http, issuer);
        return app;
    }

    private static async Task<BroadcastView> SweptAsync(TestApp app, string id)
    {
        await app.Service<Sweeper>().RunAsync(default);
        return await app.GetAsync(id);
    }

    private static async Task<string> StatusOf(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync(ApiJson.Default.BroadcastControlView))!.Status;

    private static async Task<IEnumerable<string>> ListedAsync(TestApp app, string status) =>
        (await app.GetJsonAsync($"/api/v1/broadcasts?status={status}", ApiJson.Default.BroadcastPage))!.Broadcasts.Select(each => each.BroadcastId);

    private static async Task<IReadOnlyList<(string Action, string Actor, string? Outcome)>> AuditAsync(TestApp app, string id) =>
        [.. (await app.GetJsonAsync($"/api/v1/audit?broadcastId={id}", ApiJson.Default.AuditPage))!.Entries.Select(entry => (entry.Action, entry.Actor, entry.Outcome))];
}
