using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Storage restored to an earlier time: its rows say "pending" of messages that were sent since. How the job behind it goes on after a crash: see Faults.</summary>
public sealed class ReconcileAfterRestoreTests(MemoryFixture memory)
{
    private static readonly KeyValuePair<string, string?>[] Quick =
    [
        new("Sending:SendDeadline", "00:00:00.500"), new("Sending:CallTimeout", "00:00:00.500"), new("Sending:ClaimLease", "00:00:02"),
        new("Sending:ListLag", "00:00:03"), new("Sending:SecondReadingAfter", "00:00:01"),
    ];

    [Fact]
    public async Task Resume_Reconciling_SendsOnlyWhatTwilioDoesNotHave()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick, pumping: false);
        var numbers = TestApp.Numbers(6);
        var accepted = await app.BroadcastAsync("Hello", numbers);
        var jobs = await app.TakeAllAsync(QueueNames.Outbound);
        await Task.WhenAll(jobs.Take(3).Select(job => app.Service<SendSms>().HandleAsync(job, default)));
        await app.Twilio.WhenIdleAsync();
        var sent = app.Twilio.Messages.All.Select(message => message.To).ToHashSet();
        foreach (var number in sent)
        {
            await RestoreAsync(app, accepted.BroadcastId, number);
        }

        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        var (status, asked) = await ResumeAsync(app, Ago(10));
        Assert.Equal((HttpStatusCode.Accepted, "suspended", "running", (int?)null), (status, asked.Status, asked.Reconciliation!.Status, asked.Reconciliation.BroadcastsTotal));
        Assert.Equal(6, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]); // the request itself has done nothing to them

        await app.Service<ReconcileAfterRestore>().RunAsync(default);
        var finished = await SendingAsync(app);
        Assert.Equal(("running", "finished", 1, 1, 6), (finished.Status, finished.Reconciliation!.Status, finished.Reconciliation.BroadcastsDone, finished.Reconciliation.BroadcastsTotal, finished.Reconciliation.RecipientsSetAside));
        Assert.NotNull(finished.Reconciliation.FinishedAt);
        Assert.Equal(6, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Unconfirmed]);
        await Eventually.GetAsync(
            async () =>
            {
                await app.Service<Sweeper>().RunAsync(default);
                foreach (var job in await app.TakeAllAsync(QueueNames.Outbound))
                {
                    await app.Service<SendSms>().HandleAsync(job, default);
                }

                return await app.GetAsync(accepted.BroadcastId);
            },
            view => view.Status == "completed");

        Assert.Equal((6, 1), (app.Twilio.Messages.Accepted, app.Twilio.Messages.MaxAcceptedPerNumber));
        Assert.All(await app.RecipientsAsync(accepted.BroadcastId), recipient => Assert.NotNull(recipient.Sid));
    }

    [Fact]
    public async Task Resume_ReconcilingAFanOutThatWasUnderWay_ReconcilesWhomItHadNotComeToEither()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), [.. Quick, new("Broadcasts:InlineRecipientLimit", "0")], pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(4)); // as restored: no recipient has a row, though all may have been sent to

        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        await ResumeAsync(app, Ago(10));
        await app.Service<ReconcileAfterRestore>().RunAsync(default);
        await app.Service<FanOutJobHandler>().RunAsync(accepted.BroadcastId, default);

        Assert.Equal(4, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Unconfirmed]);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Resume_AgainWhileItRuns_AdoptsTheJobAndOfTwoTimesTheEarlierOneCounts()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick, pumping: false);
        var (early, since, late) = (Ago(20), Ago(10), Ago(5));
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);

        var (_, first) = await ResumeAsync(app, since);
        var (same, adopted) = await ResumeAsync(app, since);
        var (later, unchanged) = await ResumeAsync(app, late);
        var (plain, waiting) = await ResumeAsync(app, null);
        var (earlier, begun) = await ResumeAsync(app, early);

        Assert.All([same, later, plain, earlier], status => Assert.Equal(HttpStatusCode.Accepted, status));
        Assert.All([adopted, unchanged, waiting], view => Assert.Equal((since, first.Reconciliation!.StartedAt), (view.Reconciliation!.Since, view.Reconciliation.StartedAt)));
        Assert.Equal(early, begun.Reconciliation!.Since);
        Assert.All([first, adopted, unchanged, waiting, begun], view => Assert.Equal(("suspended", "running"), (view.Status, view.Reconciliation!.Status)));

        await app.Service<ReconcileAfterRestore>().RunAsync(default);
        var (repeated, finished) = await ResumeAsync(app, early); // an answer that was lost
        Assert.Equal((HttpStatusCode.OK, "running", "finished"), (repeated, finished.Status, finished.Reconciliation!.Status));
        using var another = await app.Http.PostAsync(UrlOf(since), null);
        Assert.Equal(HttpStatusCode.Conflict, another.StatusCode);
    }

    [Fact]
    public async Task Suspend_WhileAReconciliationRuns_StaysAfterIt()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick, pumping: false);
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        await ResumeAsync(app, Ago(10));

        using var again = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        await app.Service<ReconcileAfterRestore>().RunAsync(default);

        var view = await SendingAsync(app);
        Assert.Equal(("suspended", "suspended by an operator", "finished"), (view.Status, view.Reason, view.Reconciliation!.Status));
    }

    [Fact]
    public async Task Resume_ReconcilingWhileNothingIsSuspended_Is409AndChangesNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(3));

        using var refused = await app.Http.PostAsync(UrlOf(Ago(0)), null);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("not suspended", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await app.Service<ReconcileAfterRestore>().RunAsync(default);
        Assert.Equal(3, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]);
    }

    [Fact]
    public async Task Resume_ReconcilingFromATimeAfterTheSuspension_Is400AndChangesNothing()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), Quick, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(3));
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);

        using var refused = await app.Http.PostAsync(UrlOf(Ago(-1440)), null);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("must lie before sending was suspended", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(3, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]);
        var view = await SendingAsync(app);
        Assert.Equal(("suspended", null), (view.Status, view.Reconciliation));
    }

    [Fact]
    public async Task Resume_NoTime_Is400()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.Http.PostAsync("/api/v1/sending/resume?reconcileSince=yesterday", null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("reconcileSince", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static DateTimeOffset Ago(int minutes) => DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddMinutes(-minutes).ToUnixTimeMilliseconds()); // as answers write times

    private static string UrlOf(DateTimeOffset since) => $"/api/v1/sending/resume?reconcileSince={Uri.EscapeDataString(since.ToString("O"))}";

    private static async Task<(HttpStatusCode Status, SendingView View)> ResumeAsync(TestApp app, DateTimeOffset? since)
    {
        using var response = await app.Http.PostAsync(since is { } time ? UrlOf(time) : "/api/v1/sending/resume", null);
        response.EnsureSuccessStatusCode();
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync(ApiJson.Default.SendingView))!);
    }

    private static async Task<SendingView> SendingAsync(TestApp app) => (await app.GetJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!;

    // As the row was before the claim.
    private static async Task RestoreAsync(TestApp app, string broadcastId, string number)
    {
        var row = await app.RowAsync(broadcastId, number);
        var table = app.Table(TableNames.Recipients);
        await table.DeleteEntityAsync(row.Key.Partition, row.Key.Id);
        await table.AddEntityAsync(Recipient.NewRow(row.Key, new(number), row.Index, null, row.ExpiresAt!.Value));
    }
}
