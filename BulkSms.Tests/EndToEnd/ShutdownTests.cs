using System.Net.Http.Json;
using Azure.Data.Tables;
using BulkSms.Chaos;
using BulkSms.Chaos.Hosts;
using BulkSms.Common;
using BulkSms.LocalHost;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;
using Microsoft.Extensions.Hosting;

namespace BulkSms.Tests.EndToEnd;

public sealed class ShutdownTests(MemoryFixture memory)
{
    [Fact]
    public async Task Stop_WithCallsInFlight_LetsThemFinishAndStartsNoneNew()
    {
        var storage = memory.NewAccount();
        await using var twilio = await TwilioServer.StartAsync();
        twilio.Faults.Latency = TimeSpan.FromSeconds(1);
        await using var first = await TestApp.StartAsync(storage, [new("Sending:MaxConcurrency", "5")], twilio: twilio);
        var accepted = await first.BroadcastAsync("Hello", TestApp.Numbers(40));
        await Eventually.TrueAsync(() => twilio.Messages.MaxConcurrentCalls == 5);
        var begun = 0;
        first.Service<IHostApplicationLifetime>().ApplicationStopping.Register(() => begun = twilio.Messages.TotalCalls);

        await first.StopAsync();

        var taken = twilio.Messages.Accepted;
        Assert.InRange(taken, Math.Max(begun, 5), Math.Min(begun + 5, 39)); // what is claimed at that moment may not have arrived yet
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
        var storage = memory.NewAccount();
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

    [Fact]
    public async Task Replace_AnInstanceThatIsKilledBeforeItsCallsEnd_LeavesThemToBeReconciledByTheNext()
    {
        var storage = memory.NewAccount();
        await using var twilio = await TwilioServer.StartAsync();
        twilio.Faults.Latency = TimeSpan.FromSeconds(1);
        var ports = FreePorts.Take(2);
        var usual = new Variation(FansOutInline: true, KeepsRecipientsInRow: true, KillsOverOneMessage: false, LateCallbacks: false, WholeMinutes: false, RewritesText: false);
        await using var old = new HostProcess(ScaledSettings.For(storage, twilio, ports[0], usual, 1000), ports[0]);
        await using var next = new HostProcess(ScaledSettings.For(storage, twilio, ports[1], usual, 1000), ports[1]);
        await old.StartAsync();
        await WhenReadyAsync(old);
        using var accepted = await old.Http.PostAsJsonAsync("/api/v1/broadcasts", new { message = "Hello", recipients = TestApp.Numbers(60) });
        accepted.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => twilio.Messages.TotalCalls >= 10);

        var ending = old.TerminateAsync(TimeProvider.System);
        old.Kill(); // the platform's patience is over at once: calls are cut in the middle
        await ending;
        await next.StartAsync();
        await WhenReadyAsync(next);

        await Eventually.GetAsync(
            async () => await next.Http.GetStringAsync(accepted.Headers.Location), view => view.Contains("\"status\":\"completed\"", StringComparison.Ordinal));
        Assert.Equal((60, 1), (twilio.Messages.Accepted, twilio.Messages.MaxAcceptedPerNumber));
    }

    private static Task WhenReadyAsync(HostProcess host) => Eventually.GetAsync(
        async () =>
        {
            using var ready = await host.Http.GetAsync("/api/health/ready");
            return ready.IsSuccessStatusCode;
        },
        isReady => isReady);
}
