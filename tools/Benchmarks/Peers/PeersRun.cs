using System.Globalization;
using System.Net;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Server;
using BulkSms.LocalHost;

namespace BulkSms.Benchmarks.Peers;

/// <summary>
/// A peer and BulkSms in turns, three rounds, in one run on one machine; what counts is the ratio. Both have their storage in the memory of another process, without a latency: Redis there, tables and
/// queues here.
/// </summary>
internal static class PeersRun
{
    private const int Rounds = 3;
    private const string Mode = "bullmq";

    /// <summary>Until the runtime has compiled everything for good.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    private static readonly (string Name, int Recipients)[] Loads = [("accept 1 recipient", 1), ("accept and fan out 1,000 recipients", 1000)];

    /// <exception cref="SetupException">The folder has no peer that can be measured.</exception>
    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var peer = new PeerScript(options.Folder!);
        peer.Check();
        Console.WriteLine("| what | round | peer, recipients/s | BulkSms, recipients/s | BulkSms to peer |\n|---|---:|---:|---:|---:|");
        foreach (var (name, recipients) in Loads)
        {
            var ratios = new List<double>();
            for (var round = 1; round <= Rounds; round++)
            {
                var theirs = recipients * await peer.MeasureAsync(Mode, recipients, options.Seconds);
                var ours = recipients * await MeasureAsync(options, recipients);
                ratios.Add(ours / theirs);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {round} | {theirs:N0} | {ours:N0} | {ours / theirs:0.00} |"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | median | | | {ratios.Order().ElementAt(Rounds / 2):0.00} |"));
        }

        return 0;
    }

    private static async Task<double> MeasureAsync(BenchmarkOptions options, int recipients)
    {
        await using var rig = await Rig.StartAsync(options with { StorageLatency = TimeSpan.Zero }, pump: false, StoragePlace.LoadGenerator);
        await LoadAsync(rig, recipients, WarmUp);
        var load = await LoadAsync(rig, recipients, TimeSpan.FromSeconds(options.Seconds));
        return load.Count / load.Elapsed.TotalSeconds;
    }

    private static Task<LoadResult> LoadAsync(Rig rig, int recipients, TimeSpan duration) => LoadGenerator.RunAsync(
        rig.Server.Http, PeerScript.Connections, n => Bodies.Json(n % 10_000 * recipients % 10_000_000, recipients), HttpStatusCode.Accepted, duration);
}
