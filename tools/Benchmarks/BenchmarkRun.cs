using BulkSms.Benchmarks.Micro;
using BulkSms.Benchmarks.Peers;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Scenarios;
using BulkSms.Benchmarks.Scenarios.Million;
using BulkSms.Benchmarks.Scenarios.Worker;
using BulkSms.LocalHost;

namespace BulkSms.Benchmarks;

/// <summary>Runs what was asked for and prints a line of the table as each is measured.</summary>
internal static class BenchmarkRun
{
    private static readonly (string Name, bool InAll, Func<BenchmarkOptions, IAsyncEnumerable<Measurement>> Run)[] Scenarios =
    [
        ("accept", true, AcceptScenario.RunAsync),
        ("fanout", true, FanOutScenario.RunAsync),
        ("send", true, SendScenario.RunAsync),
        ("callbacks", true, CallbacksScenario.RunAsync),
        ("csv", true, CsvScenario.RunAsync),
        ("segments", true, SegmentsScenario.RunAsync),
        ("recipients", false, RecipientsScenario.RunAsync),
        ("finished", false, FinishedScenario.RunAsync),
        ("instances", false, InstancesScenario.RunAsync),
        ("limits", false, LimitsScenario.RunAsync),
        ("erase", false, EraseScenario.RunAsync),
        ("pool", false, PoolScenario.RunAsync),
        ("priority", false, PriorityScenario.RunAsync),
        ("million", false, MillionScenario.RunAsync),
        ("worker", false, WorkerScenario.RunAsync),
        ("inflight", false, InFlightScenario.RunAsync),
        ("startup", false, StartUpScenario.RunAsync),
    ];

    /// <exception cref="SetupException">There is no such benchmark.</exception>
    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        if (options.What == "micro")
        {
            MicroBenchmarks.Run();
            return 0;
        }

        if (options.What == BenchmarkOptions.Peers)
        {
            return await PeersRun.RunAsync(options);
        }

        if (options.What == BenchmarkOptions.Apps)
        {
            return await AppsRun.RunAsync(options);
        }

        var wanted = Scenarios.Where(scenario => options.What == scenario.Name || (options.What == "all" && scenario.InAll)).ToArray();
        if (wanted.Length == 0)
        {
            throw new SetupException(BenchmarkOptions.Help);
        }

        Console.WriteLine(MarkdownTable.Header);
        foreach (var scenario in wanted)
        {
            await foreach (var measured in scenario.Run(options))
            {
                Console.WriteLine(MarkdownTable.Line(measured));
            }
        }

        return 0;
    }
}
