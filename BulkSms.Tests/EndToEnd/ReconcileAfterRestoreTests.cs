using System.Net;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Storage restored to an earlier time: its rows say "waiting" of messages that were sent since.</summary>
public sealed class ReconcileAfterRestoreTests(AzuriteFixture azurite)
{
    private static readonly KeyValuePair<string, string?>[] Quick =
    [
        new("Sending:SendDeadline", "00:00:00.500"), new("Sending:CallTimeout", "00:00:00.500"), new("Sending:ClaimLease", "00:00:02"),
        new("Sending:ListLag", "00:00:03"), new("Sending:SecondLookAfter", "00:00:01"),
    ];

    [Fact]
    public async Task Resume_Reconciling_SendsOnlyWhatTwilioDoesNotHave()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), Quick, pumping: false);
        var numbers = TestApp.Numbers(6);
        var restoredTo = TimeProvider.System.GetUtcNow().AddMinutes(-10);
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
        using var resumed = await app.Http.PostAsync($"/api/v1/sending/resume?reconcileSince={Uri.EscapeDataString(restoredTo.ToString("O"))}", null);
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
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
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [.. Quick, new("Broadcasts:InlineRecipientLimit", "0")], pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(4)); // as restored: nobody has a row, though all may have been sent to

        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);
        using var resumed = await app.Http.PostAsync($"/api/v1/sending/resume?reconcileSince={Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddMinutes(-10).ToString("O"))}", null);
        resumed.EnsureSuccessStatusCode();
        await app.Service<FanOutJobHandler>().RunAsync(accepted.BroadcastId, default);

        Assert.Equal(4, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Unconfirmed]);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Resume_ReconcilingWhileNothingIsSuspended_Is409AndChangesNothing()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), Quick, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(3));

        using var refused = await app.Http.PostAsync($"/api/v1/sending/resume?reconcileSince={Uri.EscapeDataString(TimeProvider.System.GetUtcNow().ToString("O"))}", null);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("not suspended", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(3, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]);
    }

    [Fact]
    public async Task Resume_ReconcilingFromATimeAfterTheSuspension_Is400AndChangesNothing()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), Quick, pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(3));
        using var suspended = await app.Http.PostAsync("/api/v1/sending/suspend", null);

        using var refused = await app.Http.PostAsync($"/api/v1/sending/resume?reconcileSince={Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddDays(1).ToString("O"))}", null);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("must lie before sending was suspended", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(3, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.Pending]);
        Assert.Equal("suspended", (await app.GetJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!.State);
    }

    [Fact]
    public async Task Resume_NoTime_Is400()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        using var response = await app.Http.PostAsync("/api/v1/sending/resume?reconcileSince=yesterday", null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("reconcileSince", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // As the row was before the claim.
    private static async Task RestoreAsync(TestApp app, string broadcastId, string number)
    {
        var row = await app.RowAsync(broadcastId, number);
        var table = app.Table(TableNames.Recipients);
        await table.DeleteEntityAsync(row.Key.Partition, row.Key.Id);
        await table.AddEntityAsync(Recipient.NewRow(row.Key, new(number), row.Index, null, row.ExpiresAt!.Value));
    }
}
