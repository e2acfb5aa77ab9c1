using System.Globalization;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>One backlog, drained by 1 to 8 instances that share one storage, each with 24 messages in flight.</summary>
internal static class InstancesScenario
{
    private const int InFlight = 24;
    private const int SecondsEach = 10;

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        var settings = SendScenario.InFlight(InFlight);
        settings["LocalHost:Queues:BatchSize"] = "8";
        settings["LocalHost:Queues:NewBatchThreshold"] = (InFlight - 8).ToString(CultureInfo.InvariantCulture);
        for (var instances = 1; instances <= 8; instances++)
        {
            await using var rig = await Rig.StartAsync(options, pump: true, StoragePlace.LoadGenerator, instances, settings);
            await SendScenario.SendAsync(rig, 500 * instances, 0, TimeSpan.Zero);
            yield return await SendScenario.MeasureAsync(rig, $"send, {instances} instance{(instances == 1 ? "" : "s")} of {InFlight} in flight", instances * 200 * SecondsEach, 10_000);
        }
    }
}
