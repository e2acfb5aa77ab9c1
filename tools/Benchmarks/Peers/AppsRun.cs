using System.Globalization;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Scenarios.Worker;
using BulkSms.LocalHost;
using BulkSms.LocalHost.Pump;
using BulkSms.Storage;

namespace BulkSms.Benchmarks.Peers;

/// <summary>
/// Another Functions app for the same job and BulkSms in turns, three rounds, in their workers under the simulated Functions host. The app is published for this machine. It answers
/// <c>POST /api/v1/broadcasts</c> with 202, puts a message into <c>sms-outbound</c> for each recipient, and has a queue trigger <c>SendSms</c> on it that posts to Twilio's address in
/// <c>Twilio__BaseUrl</c>; <c>GET /api/health/ready</c> answers 200.
/// </summary>
internal static class AppsRun
{
    private const int Rounds = 3;

    /// <exception cref="SetupException">The folder has no published Functions app.</exception>
    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        using var peer = await PublishedApp.GetAsync(options.Folder);
        peer.Check();
        using var ours = await PublishedApp.GetAsync(options.App);
        Console.WriteLine("| what | round | the other app, a second | BulkSms, a second | BulkSms to the other | worker CPU of the other, ms | of BulkSms, ms |\n|---|---:|---:|---:|---:|---:|---:|");
        var ratios = new List<(string Name, double Ratio)>();
        for (var round = 1; round <= Rounds; round++)
        {
            var theirs = await MeasureAsync(options, peer);
            foreach (var (their, our) in theirs.Zip(await MeasureAsync(options, ours)))
            {
                var ratio = our.PerSecond / their.PerSecond;
                ratios.Add((our.Name, ratio));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"| {our.Name} | {round} | {their.PerSecond:N0} | {our.PerSecond:N0} | {ratio:0.00} | {Cpu(their):0.00} | {Cpu(our):0.00} |"));
            }
        }

        foreach (var measured in ratios.GroupBy(each => each.Name, each => each.Ratio))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {measured.Key} | median | | | {measured.Order().ElementAt(Rounds / 2):0.00} | | |"));
        }

        return 0;
    }

    private static async Task<Measurement[]> MeasureAsync(BenchmarkOptions options, PublishedApp app)
    {
        var queues = HostQueueSettings.Load(Repository.HostJson);
        await using var rig = await WorkerRig.StartAsync(options, app, queues);
        var accepted = await WorkerScenario.AcceptAsync(rig, options);
        await rig.DrainAsync(QueueNames.Outbound, WorkerScenario.Trigger);
        return [accepted, await WorkerScenario.SendAsync(rig, options, queues)];
    }

    private static double Cpu(Measurement measured) => measured.Used!.CpuMs / measured.Count;
}
