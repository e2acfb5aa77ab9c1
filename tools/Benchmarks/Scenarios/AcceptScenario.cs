using System.Net;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>POST /broadcasts until the time is over; nothing is sent.</summary>
internal static class AcceptScenario
{
    /// <summary>Until the runtime has compiled everything for good.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        await using (var rig = await Rig.StartAsync(options, pump: false))
        {
            await LoadAsync(rig, 128, 1, WarmUp);
            yield return await MeasureAsync(rig, "accept 1 recipient, 128 connections", 128, 1, options);
            yield return await MeasureAsync(rig, "accept 1 recipient, 1 connection", 1, 1, options);
        }

        if (!options.Azurite)
        {
            await using var rig = await Rig.StartAsync(options, pump: false, StoragePlace.LoadGenerator);
            await LoadAsync(rig, 128, 1, WarmUp);
            yield return await MeasureAsync(rig, $"accept 1 recipient, 128 connections{rig.StoragePlaceText}", 128, 1, options);
        }

        await using (var rig = await Rig.StartAsync(options, pump: false))
        {
            await LoadAsync(rig, 1, 1000, WarmUp);
            yield return await MeasureAsync(rig, "accept 1,000 recipients, fanned out inline, 1 connection", 1, 1000, options);
        }

        await using (var rig = await Rig.StartAsync(options, pump: false, settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Broadcasts:InlineRecipientLimit"] = "0" }))
        {
            await LoadAsync(rig, 1, 1000, WarmUp);
            yield return await MeasureAsync(rig, "accept 1,000 recipients, fan-out deferred, 1 connection", 1, 1000, options);
        }
    }

    private static async Task<Measurement> MeasureAsync(Rig rig, string name, int connections, int recipients, BenchmarkOptions options)
    {
        await rig.ResetAsync();
        var before = await rig.UsageAsync();
        var load = await LoadAsync(rig, connections, recipients, TimeSpan.FromSeconds(options.Seconds));
        return Measurement.Of(name, "request", load, (await rig.UsageAsync()).Since(before));
    }

    private static Task<LoadResult> LoadAsync(Rig rig, int connections, int recipients, TimeSpan duration) => LoadGenerator.RunAsync(
        rig.Server.Http, connections, n => Bodies.Json(n % 10_000 * recipients % 10_000_000, recipients), HttpStatusCode.Accepted, duration);
}
