using System.Net.Http.Json;
using Azure.Data.Tables;
using BulkSms.Chaos.Hosts;
using BulkSms.Common;
using BulkSms.LocalHost;
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
        Assert.DoesNotContain(rows, row => row.GetString(RecipientColumns.Status) is RecipientStatus.Sending or RecipientStatus.Unconfirmed);

        twilio.Faults.Latency = TimeSpan.Zero;
        await using var second = await TestApp.StartAsync(storage, twilio: twilio);
        await second.GetAsync(accepted.BroadcastId, view => view.Counts.GetValueOrDefault(RecipientStatus.Pending) == 0);
        Assert.Equal((40, 1), (twilio.Messages.Accepted, twilio.Messages.MaxAcceptedPerNumber));
    }

    [Fact]
    public async Task Terminate_AProcessUnderLoad_RecordsWhatIsInFlightAndExitsWithZero()
    {
        var storage = azurite.NewAccount();
        await using var twilio = await TwilioServer.StartAsync();
        twilio.Faults.Latency = TimeSpan.FromSeconds(2);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [StorageServices.Setting] = storage, [LocalHostApp.KeySetting] = HostProcess.Key, [LocalHostApp.TelemetrySetting] = "false", [ServeRun.EndsWithInputSetting] = "true",
            ["Sending:MaxConcurrency"] = "20", ["Logging:LogLevel:Default"] = "None",
        };
        SimulatedTwilio.Use(twilio, settings);
        await using var host = new HostProcess(settings!, FreePorts.Take(1)[0]);
        await host.StartAsync();
        await Eventually.GetAsync(
            async () =>
            {
                using var ready = await host.Http.GetAsync("/api/health/ready");
                return ready.IsSuccessStatusCode;
            },
            isReady => isReady);
        using var accepted = await host.Http.PostAsJsonAsync("/api/v1/broadcasts", new { message = "Hello", recipients = TestApp.Numbers(200) });
        accepted.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => twilio.Messages.MaxConcurrentCalls == 20);

        var ended = await host.TerminateAsync(TimeProvider.System);

        var taken = twilio.Messages.Accepted;
        var rows = new TableClient(storage, TableNames.Recipients).Query<TableEntity>().ToArray();
        Assert.Equal(0, ended!.Value.ExitCode);
        Assert.InRange(ended.Value.Took.TotalSeconds, 0, 40);
        Assert.InRange(taken, 20, 199);
        Assert.Equal(taken, rows.Count(row => row.GetString(RecipientColumns.Sid) is not null));
        Assert.DoesNotContain(rows, row => row.GetString(RecipientColumns.Status) is RecipientStatus.Sending or RecipientStatus.Unconfirmed);
    }
}
