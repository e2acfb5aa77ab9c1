using System.Globalization;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;

namespace BulkSms.Benchmarks.Scenarios.Million;

/// <summary>
/// One upload of a million recipients from its acceptance to its erasure, with storage in another process, while its progress is asked for once a second. Of sending so many messages as the options say
/// are sent; the others are then marked as delivered in storage itself.
/// </summary>
internal static class MillionScenario
{
    private const int WarmUp = 20_000;

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        var settings = SendScenario.InFlight(512);
        settings["Broadcasts:MaxUploadRecipients"] = options.Recipients.ToString(CultureInfo.InvariantCulture);
        settings["Retention:EraseAfter"] = "00:00:00";
        await using var rig = await Rig.StartAsync(options, pump: true, StoragePlace.LoadGenerator, settings: settings);
        rig.Twilio.Faults.CallbackStatuses = ["delivered"]; // what is sent now is completed before the measurement begins
        await SendScenario.SendAsync(rig, WarmUp, options.Recipients, TimeSpan.FromSeconds(10));
        rig.Twilio.Faults.CallbackStatuses = [];
        await MillionBroadcast.WarmUpAsync(rig, WarmUp, options.Recipients + WarmUp);

        var broadcast = new MillionBroadcast(rig, options.Recipients, options.Messages);
        await foreach (var line in broadcast.RunAsync())
        {
            yield return line;
        }
    }
}
