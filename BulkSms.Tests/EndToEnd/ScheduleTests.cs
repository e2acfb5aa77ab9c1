using System.Net;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>When a message may be sent: not before <c>sendAt</c>, not from <c>expiresAt</c> on.</summary>
public sealed class ScheduleTests(AzuriteFixture azurite)
{
    private const string Ada = "+15551230001";

    [Fact]
    public async Task Post_SendAt_IsScheduledAndSentWhenItIsDue()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount());
        var due = TimeProvider.System.GetUtcNow().AddSeconds(6);
        var accepted = await app.BroadcastJsonAsync($$"""{"message": "Hello", "recipients": ["{{Ada}}"], "sendAt": "{{due:O}}"}""");

        var view = await app.GetAsync(accepted.BroadcastId);
        Assert.Equal(("scheduled", due, due.AddHours(24)), (view.Status, view.SendAt, view.ExpiresAt));
        Assert.Equal(due, Assert.Single(await app.RecipientsAsync(accepted.BroadcastId)).DueAt);

        await app.CompletedAsync(accepted.BroadcastId);
        Assert.True(Assert.Single(app.Twilio.Messages.Calls).ArrivedAt > due.AddSeconds(-2.5), "sent before it was due"); // queues count whole seconds
    }

    [Fact]
    public async Task Post_ExpiresAt_IsPassedOnAsValidityPeriod()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount());
        var expires = TimeProvider.System.GetUtcNow().AddMinutes(10);

        var accepted = await app.BroadcastJsonAsync($$"""{"message": "Hello", "recipients": ["{{Ada}}"], "expiresAt": "{{expires:O}}"}""");
        await app.CompletedAsync(accepted.BroadcastId);

        Assert.InRange(Assert.Single(app.Twilio.Messages.All).ValidityPeriod, 540, 600);
    }

    [Fact]
    public async Task Post_InTheRecipientsQuietHours_IsDueWhenTheyEnd()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount());
        var now = TimeProvider.System.GetUtcNow();
        var (from, to) = (now.AddHours(-1).ToString("HH:mm", null), now.AddHours(2).ToString("HH:mm", null));

        var accepted = await app.BroadcastJsonAsync(
            $$$"""{"message": "Hello", "recipients": ["+88312345678"], "quietHours": {"from": "{{{from}}}", "to": "{{{to}}}"}}""");

        var recipient = Assert.Single(await app.RecipientsAsync(accepted.BroadcastId));
        var row = await app.RowAsync(accepted.BroadcastId, "+88312345678");
        Assert.InRange(recipient.DueAt!.Value, now.AddMinutes(118), now.AddMinutes(121));
        Assert.Equal(recipient.DueAt.Value.AddHours(24), row.ExpiresAt);
        Assert.Equal($"{from}-{to} Etc/UTC", (await app.GetAsync(accepted.BroadcastId)).QuietHours);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Handle_NightHasComeMeanwhile_IsPostponedToItsEnd()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", "+88312345678");
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
        var now = TimeProvider.System.GetUtcNow();
        var night = new QuietHours(TimeOnly.FromDateTime(now.AddHours(-1).UtcDateTime), TimeOnly.FromDateTime(now.AddHours(1).UtcDateTime), "Etc/UTC");

        await app.Service<SendSms>().HandleAsync(job with { QuietHours = night.ToString() }, default);

        var row = await app.RowAsync(accepted.BroadcastId, "+88312345678");
        Assert.Equal(RecipientStatus.Pending, row.Status);
        Assert.InRange(row.DueAt!.Value, now.AddMinutes(58), now.AddMinutes(61));
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Post_ExpiredAlready_Is400AndNothingIsAccepted()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);

        using var response = await app.PostJsonAsync($$"""{"message": "Hello", "recipients": ["{{Ada}}"], "expiresAt": "2020-01-01T00:00:00Z"}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"$.expiresAt\":[\"must be in the future\"]", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await app.Service<BroadcastStore>().ListActiveAsync(default).ToListAsync());
    }

    [Fact]
    public async Task Handle_ExpiredInTheQueue_IsExpiredAndNotSent()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada);
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));

        await app.Service<SendSms>().HandleAsync(job with { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1) }, default);

        Assert.Equal(RecipientStatus.Expired, (await app.RowAsync(accepted.BroadcastId, Ada)).Status);
        Assert.Equal(0, app.Twilio.Messages.TotalCalls);
    }

    [Fact]
    public async Task Handle_ExpiredButTheRowHasMovedOn_LetsTheRowDecide()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), pumping: false);
        var accepted = await app.BroadcastAsync("Hello", Ada);
        var job = Assert.Single(await app.TakeAllAsync(QueueNames.Outbound));
        await app.Service<ClaimLedger>().ClaimAsync(job, "AC", "MG", default);

        await app.Service<SendSms>().HandleAsync(job with { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1) }, default);

        Assert.Equal(RecipientStatus.Sending, (await app.RowAsync(accepted.BroadcastId, Ada)).Status);
    }

    [Fact]
    public async Task Sweep_NudgesLostUntilAfterTheExpiry_ExpiresEverybodyAndCompletes()
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [new("Broadcasts:ExpireAfter", "00:00:01")], pumping: false);
        var accepted = await app.BroadcastAsync("Hello", TestApp.Numbers(20));
        await app.Queue(QueueNames.Outbound).ClearMessagesAsync();

        var view = await Eventually.GetAsync(
            async () =>
            {
                await app.Service<Sweeper>().RunAsync(default);
                return await app.GetAsync(accepted.BroadcastId);
            },
            view => view.Status == "completed");

        Assert.Equal(20, view.Counts[RecipientStatus.Expired]);
        Assert.Empty(await app.TakeAllAsync(QueueNames.Outbound));
    }
}
