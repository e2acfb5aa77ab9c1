using BulkSms.Api;
using BulkSms.Common;
using BulkSms.LocalHost.Azurite;
using BulkSms.LocalHost.Pump;
using BulkSms.Poison;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;
using Spectre.Console;

namespace BulkSms.LocalHost.Demo;

/// <summary>The main job from end to end: storage, a simulated Twilio and the app are started, one broadcast is sent and every recipient's end is checked.</summary>
public static class DemoRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Exit code 0 only if every unique recipient ended as it should.</summary>
    /// <param name="kind">Which storage; null: Azurite, or memory where Node.js is missing. It is always the demonstration's own: no other process may send what it sends.</param>
    public static async Task<int> RunAsync(StorageKind? kind = null)
    {
        AnsiConsole.WriteLine(kind == StorageKind.Memory ? "Storage is in memory." : "Starting Azurite…");
        await using var storage = await LocalStorage.StartAsync(kind, null, AnsiConsole.WriteLine);
        await using var twilio = await TwilioServer.StartAsync();
        var key = FunctionKey.New();
        await using var app = LocalHostApp.Build(
            0, Settings(twilio, storage.ConnectionString, key), HostQueueSettings.Load(Repository.HostJson),
            builder => storage.Use(builder.Services), readsEnvironment: false); // an account or a vault that is set there is not to be touched
        await app.Web.StartAsync();
        await app.Web.Services.GetRequiredService<StorageSetup>().Ready;
        AnsiConsole.WriteLine($"BulkSms listens at {app.Url}, the simulated Twilio at {twilio.BaseUrl}");

        var scenario = DemoScenario.SetUp(twilio);
        using var client = new BulkSmsClient(app.Url, key);
        var accepted = await client.BroadcastAsync(DemoScenario.Message, scenario.Recipients);
        AnsiConsole.WriteLine($"202 accepted: broadcast {accepted.BroadcastId}, {accepted.RecipientsCount} recipients, {accepted.DuplicatesRemoved} duplicates removed");
        var final = await WatchAsync(client, accepted);
        var poison = await PoisonAsync(client, accepted.BroadcastId, final.Progress.Poisoned);
        var check = DemoCheck.Run(scenario, twilio, await client.RecipientsAsync(accepted.StatusUrl), poison);
        Report(accepted, final, check, poison.Count);
        await app.Web.StopAsync();
        return check.Faults.Count == 0 ? 0 : 1;
    }

    private static Dictionary<string, string?> Settings(TwilioServer twilio, string storage, string key)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [StorageServices.Setting] = storage,
            [LocalHostApp.KeySetting] = key,
            ["Sending:RetryBaseDelay"] = "00:00:01",
            ["Sending:SegmentsPerSecond"] = "1000",
            ["Logging:LogLevel:Default"] = "Error", // the progress bar has the terminal
        };
        SimulatedTwilio.Use(twilio, settings);
        return settings;
    }

    // Each goes by the poison queue to where it is kept, and is there a moment later.
    private static async Task<IReadOnlyList<PoisonView>> PoisonAsync(BulkSmsClient client, string broadcastId, int expected)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Look);
        IReadOnlyList<PoisonView> poison;
        do
        {
            poison = await client.PoisonAsync(broadcastId);
        }
        while (poison.Count < expected && TimeProvider.System.GetElapsedTime(begun) < Patience && await timer.WaitForNextTickAsync());
        return poison;
    }

    private static Task<BroadcastView> WatchAsync(BulkSmsClient client, AcceptedView accepted) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(async progress =>
        {
            var bar = progress.AddTask("sending", maxValue: accepted.RecipientsCount);
            var begun = TimeProvider.System.GetTimestamp();
            using var timer = new PeriodicTimer(Look);
            BroadcastView? view = null;
            do
            {
                await timer.WaitForNextTickAsync();
                view = await client.GetAsync(accepted.StatusUrl) ?? view;
                bar.Value = view?.Progress.Final ?? 0;
            }
            while (view?.Status != "completed" && TimeProvider.System.GetElapsedTime(begun) < Patience);
            return view ?? throw new SetupException("Storage did not say in time how the broadcast goes.");
        });

    private static void Report(AcceptedView accepted, BroadcastView final, DemoCheck check, int poisoned)
    {
        var table = new Table().AddColumn("what").AddColumn(new TableColumn("number").RightAligned());
        void Row(string what, object number) => table.AddRow(what, $"{number}");
        Row("recipients given", accepted.RecipientsCount + accepted.DuplicatesRemoved);
        Row("duplicates removed", accepted.DuplicatesRemoved);
        Row("accepted by Twilio, each once", check.AcceptedByTwilio);
        foreach (var (status, count) in final.Counts.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            Row(status, count);
        }

        foreach (var error in final.Errors)
        {
            Row($"  {error.Code}: {error.Meaning}", error.Recipients);
        }

        Row("poison messages kept", poisoned);
        Row("calls refused by 429 or 503, repeated", check.Refused);
        Row("messages a second", $"{check.AcceptedByTwilio / Math.Max(0.001, ((final.LastSentAt - final.FirstSentAt) ?? TimeSpan.Zero).TotalSeconds):0}");
        AnsiConsole.Write(table);
        foreach (var fault in check.Faults.Take(20))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{fault}[/]");
        }

        AnsiConsole.WriteLine(check.Faults.Count == 0 ? "Every recipient ended as it should." : $"{check.Faults.Count} did not end as they should.");
    }
}
