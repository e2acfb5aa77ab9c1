using BulkSms.Common;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.Twilio;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>A queue message may be doubled, late, stale or forged in time: the row decides.</summary>
public sealed class ContinueRecipientTests(MemoryFixture memory)
{
    [Fact]
    public async Task Handle_MessageDoubledTenTimes_SendsOnce()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job) = await OneJobAsync(app);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.Service<SendSms>().HandleAsync(job, default)));

        Assert.Equal(1, app.Twilio.Messages.TotalCalls);
        await app.CompletedAsync(accepted);
    }

    [Fact]
    public async Task Handle_PendingUnderANewerETag_WritesASendJobWithThatETag()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job) = await OneJobAsync(app);
        var row = await app.RowAsync(accepted, job.To);
        await app.Service<RecipientTable>().TryMergeAsync(row.Key, row.ETag, new() { [RecipientColumns.Attempt] = 3 }, default);

        await app.Service<SendSms>().HandleAsync(job, default);

        var again = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
        Assert.Equal(((await app.RowAsync(accepted, job.To)).ETag.ToString(), 3), (again.RowETag, again.Attempt));
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Handle_NotYetDue_IsHiddenAgain()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job) = await OneJobAsync(app);

        await app.Service<SendSms>().HandleAsync(job with { DueAt = TimeProvider.System.GetUtcNow().AddHours(1) }, default);

        Assert.Empty(await app.TakeAllAsync(QueueNames.Outbound));
        Assert.Equal(2, (await app.Queue(QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount); // the first, taken above, and the hidden one
        Assert.Equal(RecipientStatus.Pending, (await app.RowAsync(accepted, job.To)).Status);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Handle_ClaimedByTheLiving_IsDropped()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job) = await OneJobAsync(app);
        await app.Service<ClaimLedger>().ClaimAsync(job, "AC", "MG", default);

        await app.Service<SendSms>().HandleAsync(job, default);

        Assert.Equal(RecipientStatus.Sending, (await app.RowAsync(accepted, job.To)).Status);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Handle_ClaimedByTheDead_BecomesUnconfirmed()
    {
        await using var app = await TestApp.StartAsync(
            memory.NewAccount(),
            [new("Sending:SendDeadline", "00:00:00.100"), new("Sending:CallTimeout", "00:00:00.100"), new("Sending:ClaimLease", "00:00:01")],
            pumping: false);
        var (accepted, job) = await OneJobAsync(app);
        await app.Service<ClaimLedger>().ClaimAsync(job, "AC", "MG", default);

        var row = await Eventually.GetAsync(
            async () =>
            {
                await app.Service<SendSms>().HandleAsync(job, default);
                return await app.RowAsync(accepted, job.To);
            },
            row => row.Status != RecipientStatus.Sending);

        Assert.Equal(RecipientStatus.Unconfirmed, row.Status);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Handle_RejectedWithoutPoisonedAt_WritesThePoisonMessageAgain()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job) = await OneJobAsync(app);
        var claim = (await app.Service<ClaimLedger>().ClaimAsync(job, "AC", "MG", default)).Held!;
        await app.Service<ClaimLedger>().RecordAsync(claim, new RecipientEvent.Rejected(claim.Id, 21614, "not a mobile number"));

        await app.Service<SendSms>().HandleAsync(job, default);
        await app.Service<SendSms>().HandleAsync(job, default);

        var poison = Assert.Single(await app.TakeAllAsync(QueueNames.OutboundPoison));
        Assert.Equal((21614, claim.Id), (poison.Failure!.Code, poison.Failure.ClaimId));
        Assert.NotNull((await app.RowAsync(accepted, job.To)).PoisonedAt);
    }

    [Fact]
    public async Task Handle_RowGone_IsDropped()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (_, job) = await OneJobAsync(app);
        await app.Table(TableNames.Recipients).DeleteEntityAsync(job.Key.Partition, job.Key.Id);

        await app.Service<SendSms>().HandleAsync(job, default);

        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Handle_DeadlinePassed_GivesTheClaimBackUncounted()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job) = await OneJobAsync(app);
        var claim = (await app.Service<ClaimLedger>().ClaimAsync(job, "AC", "MG", default)).Held!;

        await app.Service<SendResultHandler>().HandleAsync(job, claim, new SendOutcome.NotStarted("the deadline had passed"));

        var row = await app.RowAsync(accepted, job.To);
        var again = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
        Assert.Equal((RecipientStatus.Pending, 0, row.ETag.ToString()), (row.Status, row.Attempt, again.RowETag));
    }

    [Fact]
    public async Task Record_RowTakenByAnotherWorker_KeepsTheRowButNeverLosesASid()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job) = await OneJobAsync(app);
        var ledger = app.Service<ClaimLedger>();
        var claim = (await ledger.ClaimAsync(job, "AC", "MG", default)).Held!;
        var row = await app.RowAsync(accepted, job.To);
        await app.Service<RecipientTable>().TryMergeAsync(
            row.Key, row.ETag, new() { [RecipientColumns.Status] = RecipientStatus.Pending, [RecipientColumns.ClaimId] = "another" }, default);

        Assert.Null(await ledger.RecordAsync(claim, new RecipientEvent.Rejected(claim.Id, 21614, "not a mobile number")));
        Assert.Equal(RecipientStatus.Pending, (await app.RowAsync(accepted, job.To)).Status);

        await app.Service<SendResultHandler>().HandleAsync(job, claim, new SendOutcome.Accepted("SM" + new string('a', 32), ProviderStatus.Accepted));
        row = await app.RowAsync(accepted, job.To);
        Assert.Equal((RecipientStatus.Submitted, ProviderStatus.Accepted, "SM" + new string('a', 32)), (row.Status, row.ProviderStatus, row.Sid));
        Assert.Contains("is sent although the row said pending", app.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_SecondSid_IsKeptBesideTheFirst()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var (accepted, job) = await OneJobAsync(app);
        var (first, second) = ("SM" + new string('a', 32), "SM" + new string('b', 32));
        var claim = (await app.Service<ClaimLedger>().ClaimAsync(job, "AC", "MG", default)).Held!;

        await app.Service<SendResultHandler>().HandleAsync(job, claim, new SendOutcome.Accepted(first, ProviderStatus.Accepted));
        await app.Service<SendResultHandler>().HandleAsync(job, claim, new SendOutcome.Accepted(second, ProviderStatus.Accepted));

        var row = await app.RowAsync(accepted, job.To);
        Assert.Equal((first, second), (row.Sid, row.OtherSids));
    }

    private static async Task<(string BroadcastId, SendJob Job)> OneJobAsync(TestApp app)
    {
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        return (accepted.BroadcastId, Assert.Single(await app.TakeAllAsync(QueueNames.Outbound)));
    }
}
