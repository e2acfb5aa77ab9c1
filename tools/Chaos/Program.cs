using System.Collections.Concurrent;
using BulkSms.Chaos;
using BulkSms.LocalHost.Azurite;

// dotnet run -c Release --project tools/Chaos -- --runs N --recipients M --seed S [--seconds T] [--parallel P]
var options = ChaosOptions.Parse(args);
await using var azurite = await AzuriteProcess.StartAsync(
    AzuriteOptions.InMemory with { Accounts = [.. Enumerable.Range(0, options.Runs).Select(ChaosRun.Account)] }, Console.WriteLine);
var broken = new ConcurrentBag<int>();
Console.WriteLine(ChaosReport.Header);
await Parallel.ForEachAsync(Enumerable.Range(0, options.Runs), new ParallelOptions { MaxDegreeOfParallelism = options.Parallel }, async (i, _) =>
{
    await using var run = await ChaosRun.StartAsync(options, options.Seed + i, azurite.ConnectionString(ChaosRun.Account(i)));
    var report = await run.RunAsync();
    Console.WriteLine(string.Join('\n', report.Violations.Take(10).Select(violation => $"        {violation}").Prepend(report.ToString())));
    if (report.Violations.Count > 0)
    {
        broken.Add(report.Seed);
    }
});
Console.WriteLine(broken.IsEmpty
    ? $"{options.Runs} runs, no violation."
    : $"{options.Runs} runs, {broken.Count} with violations: seeds {string.Join(", ", broken.Order())}. Replay one with --runs 1 --seed N.");
return broken.IsEmpty ? 0 : 1;
