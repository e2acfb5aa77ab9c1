using System.Collections.Concurrent;
using BulkSms.Chaos;
using BulkSms.LocalHost.Azurite;
using BulkSms.MemoryStorage;

// dotnet run -c Release --project tools/Chaos -- --runs N --recipients M --seed S [--seconds T] [--parallel P] [--storage azurite|memory]
ChaosOptions options;
try
{
    options = ChaosOptions.Parse([.. args.Where(arg => arg is not ("--help" or "-h"))]);
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n{ChaosOptions.Usage}");
    return 2;
}

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(ChaosOptions.Usage);
    return 0;
}

await using var memory = options.InMemory ? await MemoryStorageServer.StartAsync(TimeSpan.Zero, TimeProvider.System) : null;
await using var azurite = options.InMemory ? null : await AzuriteProcess.StartAsync(
    AzuriteOptions.InMemory with { Accounts = [.. Enumerable.Range(0, options.Runs).Select(ChaosRun.Account)] }, Console.WriteLine);
var reports = new ConcurrentBag<ChaosReport>();
Console.WriteLine(ChaosReport.Header);
await Parallel.ForEachAsync(Enumerable.Range(0, options.Runs), new ParallelOptions { MaxDegreeOfParallelism = options.Parallel }, async (i, _) =>
{
    await using var run = await ChaosRun.StartAsync(options, options.Seed + i, memory?.NewAccount() ?? azurite!.ConnectionString(ChaosRun.Account(i)));
    var report = await run.RunAsync();
    Console.WriteLine(string.Join('\n', report.Violations.Take(10).Select(violation => $"        {violation}").Prepend(report.ToString())));
    reports.Add(report);
});
var broken = reports.Where(report => report.Violations.Count > 0).Select(report => report.Seed).Order().ToArray();
Console.WriteLine(ChaosReport.Sum(reports)); // in the first column how many runs
Console.WriteLine(broken.Length == 0
    ? $"{options.Runs} runs, no violation."
    : $"{options.Runs} runs, {broken.Length} with violations: seeds {string.Join(", ", broken)}. Replay one with --runs 1 --seed N.");
return broken.Length == 0 ? 0 : 1;
