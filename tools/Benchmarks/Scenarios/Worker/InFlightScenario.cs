using System.Globalization;
using BulkSms.Benchmarks.Report;
using BulkSms.LocalHost;
using BulkSms.LocalHost.Pump;

namespace BulkSms.Benchmarks.Scenarios.Worker;

/// <summary>How many messages a second one instance sends by <c>batchSize</c> and <c>newBatchThreshold</c> of host.json, and the memory of its worker.</summary>
internal static class InFlightScenario
{
    private const int WarmUpMessages = 2000;
    private static readonly (int Batch, int Threshold)[] Settings = [(16, 8), (32, 16), (32, 32), (32, 96), (32, 224)];

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        using var app = await PublishedApp.GetAsync(options.App);
        foreach (var (batch, threshold) in Settings)
        {
            var queues = HostQueueSettings.Load(Repository.HostJson) with { BatchSize = batch, NewBatchThreshold = threshold };
            await using var rig = await WorkerRig.StartAsync(options, app, queues);
            await WorkerScenario.SendAsync(rig, WarmUpMessages);
            await WorkerScenario.LoadAsync(rig, options.Messages);
            yield return await WorkerScenario.DrainAsync(
                rig, string.Create(CultureInfo.InvariantCulture, $"send, {batch} + {threshold} in flight, Twilio at {options.TwilioLatency.TotalMilliseconds:0} ms"), options.Messages);
        }
    }
}
