using System.Globalization;
using System.Net;
using Azure.Storage.Queues;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Server;
using BulkSms.LocalHost;
using BulkSms.MemoryStorage;

namespace BulkSms.Benchmarks.Peers;

/// <summary>
/// A peer and BulkSms in turns, three rounds, in one run on one machine and under the same load; what counts is the ratio. Both have their storage in the memory of another process, without a latency:
/// Redis there, tables and queues here. What those two cores do of bare storage calls is measured in the same round: no fan-out is faster, since each recipient is a queue message.
/// </summary>
internal static class PeersRun
{
    private const int Rounds = 3;
    private const string Mode = "bullmq";
    private const int StorageConnections = 128;
    private static readonly byte[] Message = [.. "<QueueMessage><MessageText>"u8, .. Enumerable.Repeat((byte)'A', 400), .. "</MessageText></QueueMessage>"u8];

    /// <summary>Until the runtime has compiled everything for good.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    private static readonly (string Name, int Recipients)[] Loads = [("accept 1 recipient", 1), ("accept and fan out 1,000 recipients", 1000)];

    /// <exception cref="SetupException">The folder has no peer that can be measured.</exception>
    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var peer = new PeerScript(options.Folder!);
        peer.Check();
        Console.WriteLine("| what | round | peer, recipients/s | BulkSms, recipients/s | BulkSms to peer | bare storage calls/s |\n|---|---:|---:|---:|---:|---:|");
        foreach (var (name, recipients) in Loads)
        {
            var ratios = new List<double>();
            for (var round = 1; round <= Rounds; round++)
            {
                var theirs = recipients * await peer.MeasureAsync(Mode, recipients, options.Seconds);
                var ours = recipients * await MeasureAsync(options, recipients);
                var calls = await StorageCallsAsync(TimeSpan.FromSeconds(options.Seconds));
                ratios.Add(ours / theirs);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {round} | {theirs:N0} | {ours:N0} | {ours / theirs:0.00} | {calls:N0} |"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | median | | | {ratios.Order().ElementAt(Rounds / 2):0.00} | |"));
        }

        return 0;
    }

    private static async Task<double> MeasureAsync(BenchmarkOptions options, int recipients)
    {
        await using var rig = await Rig.StartAsync(options with { StorageLatency = TimeSpan.Zero }, pump: false, StoragePlace.LoadGenerator);
        await Wrk.RunAsync(rig.Server.Http, recipients, PeerScript.Connections, WarmUp);
        return await Wrk.RunAsync(rig.Server.Http, recipients, PeerScript.Connections, TimeSpan.FromSeconds(options.Seconds));
    }

    // Each puts a queue message by HttpClient alone: no signature, no policy, no row.
    private static async Task<double> StorageCallsAsync(TimeSpan duration)
    {
        await using var storage = await MemoryStorageServer.StartAsync(TimeSpan.Zero, TimeProvider.System);
        var queue = new QueueClient(storage.ConnectionString, "bare");
        await queue.CreateAsync();
        using var http = new HttpClient();
        await PutAsync(WarmUp);
        var load = await PutAsync(duration);
        return load.Count / load.Elapsed.TotalSeconds;

        Task<LoadResult> PutAsync(TimeSpan time) => LoadGenerator.RunAsync(
            http, StorageConnections, _ => new(HttpMethod.Post, $"{queue.Uri}/messages") { Content = new ByteArrayContent(Message) }, HttpStatusCode.Created, time);
    }
}
