using System.Diagnostics;
using System.Net;
using Azure.Storage.Queues;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;
using BulkSms.Storage;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>One upload of many recipients: until it is accepted, and until it is fanned out. Storage is not in the server's memory here: the growth is the server's own.</summary>
internal static class CsvScenario
{
    private static readonly (string What, int Recipients, int Columns)[] Uploads =
    [
        ("100,000 recipients as CSV", 100_000, 0),
        ("100,000 recipients with 10 columns of data, personal", 100_000, 10),
        ("1,000,000 recipients as CSV", 1_000_000, 0),
    ];

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        foreach (var (what, recipients, columns) in Uploads)
        {
            var limits = new Dictionary<string, string?> { ["Broadcasts__MaxUploadRecipients"] = "1000000" };
            await using var rig = await Rig.StartAsync(options, pump: true, StoragePlace.LoadGenerator, settings: limits);
            await UploadAsync(rig, 0, 20_000, columns); // everything is compiled, every pool is filled
            await rig.ResetAsync();
            var before = await rig.UsageAsync();
            var (accepted, fannedOut) = await UploadAsync(rig, 1_000_000, recipients, columns);
            var used = (await rig.UsageAsync()).Since(before);
            yield return new($"upload of {what}, until 202 (what it used: in the next line)", "recipient", recipients, accepted, [(float)accepted.TotalMilliseconds], null);
            yield return new("the same, until it is fanned out", "recipient", recipients, fannedOut, [(float)fannedOut.TotalMilliseconds], used)
            {
                Growth = used.PeakWorkingSet - before.WorkingSet,
            };
        }
    }

    private static async Task<(TimeSpan Accepted, TimeSpan FannedOut)> UploadAsync(Rig rig, int from, int count, int columns)
    {
        // Due tomorrow: fanned out now, and nothing is sent meanwhile.
        var queue = new QueueClient(rig.Storage, QueueNames.Outbound);
        var before = (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
        using var request = Bodies.Csv(from, count, TimeProvider.System.GetUtcNow().AddDays(1), columns);
        var begun = Stopwatch.GetTimestamp();
        using var response = await rig.Server.Http.SendAsync(request);
        var accepted = Stopwatch.GetElapsedTime(begun);
        if (response.StatusCode != HttpStatusCode.Accepted)
        {
            throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
        }

        while ((await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount < before + count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return (accepted, Stopwatch.GetElapsedTime(begun));
    }
}
