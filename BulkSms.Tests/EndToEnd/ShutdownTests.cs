using Azure.Data.Tables;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

public sealed class ShutdownTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Stop_WithCallsInFlight_LetsThemFinishAndStartsNoneNew()
    {
        var storage = azurite.NewAccount();
        await using var twilio = await TwilioServer.StartAsync();
        twilio.Faults.Latency = TimeSpan.FromSeconds(1);
        await using var first = await TestApp.StartAsync(storage, [new("Sending:MaxConcurrency", "5")], twilio: twilio);
        var accepted = await first.BroadcastAsync("Hello", TestApp.Numbers(40));
        await Eventually.TrueAsync(() => twilio.Messages.MaxConcurrentCalls == 5);

        await first.StopAsync();

        var taken = twilio.Messages.Accepted;
        Assert.InRange(taken, 5, 15);
        var rows = first.Table(TableNames.Recipients).Query<TableEntity>().ToArray();
        Assert.Equal(taken, rows.Count(row => row.GetString(RecipientColumns.Sid) is not null));
        Assert.DoesNotContain(rows, row => row.GetString(RecipientColumns.Status) is RecipientStatus.Claimed or RecipientStatus.Unconfirmed);

        twilio.Faults.Latency = TimeSpan.Zero;
        await using var second = await TestApp.StartAsync(storage, twilio: twilio);
        await second.GetAsync(accepted.BroadcastId, view => view.Counts.GetValueOrDefault(RecipientStatus.Pending) == 0);
        Assert.Equal((40, 1), (twilio.Messages.Accepted, twilio.Messages.MaxAcceptedPerNumber));
    }
}
