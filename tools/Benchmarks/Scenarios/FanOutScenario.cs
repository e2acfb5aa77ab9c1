using System.Net;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>Broadcasts of 1,000 that are fanned out within their requests; nothing is sent.</summary>
internal static class FanOutScenario
{
    private const int Recipients = 1000;

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        (int, StoragePlace)[] loads = [(1, StoragePlace.Server), .. options.Places.Select(place => (8, place))];
        foreach (var (connections, place) in loads)
        {
            await using var rig = await Rig.StartAsync(options, pump: false, place);
            await LoadAsync(rig, connections, 8); // until the runtime has compiled everything for good
            await rig.ResetAsync();
            var before = await rig.UsageAsync();
            var load = await LoadAsync(rig, connections, options.Seconds);
            yield return Measurement.Of(
                $"fan-out of broadcasts of 1,000, {connections} at a time{rig.StoragePlaceText}", "recipient", load, (await rig.UsageAsync()).Since(before), Recipients);
        }
    }

    private static Task<LoadResult> LoadAsync(Rig rig, int connections, int seconds) => LoadGenerator.RunAsync(
        rig.Server.Http, connections, n => Bodies.Json(n % 10_000 * Recipients, Recipients), HttpStatusCode.Accepted, TimeSpan.FromSeconds(seconds));
}
