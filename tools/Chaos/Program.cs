using BulkSms.Chaos;
using BulkSms.LocalHost.Azurite;

// dotnet run -c Release --project tools/Chaos -- --runs N --recipients M --seed S
var options = ChaosOptions.Parse(args);
await using var azurite = await AzuriteProcess.StartAsync(
    AzuriteOptions.InMemory with { Accounts = [.. Enumerable.Range(0, options.Runs).Select(ChaosRun.Account)] }, Console.WriteLine);
var broken = new List<int>();
Console.WriteLine("|  seed | broadcasts | recipients | sent | calls | kills | stops | storage faults | Twilio faults | queue faults | at rest | violations |");
Console.WriteLine("|------:|-----------:|-----------:|-----:|------:|------:|------:|---------------:|--------------:|-------------:|--------:|-----------:|");
for (var i = 0; i < options.Runs; i++)
{
    await using var run = await ChaosRun.StartAsync(options, options.Seed + i, azurite.ConnectionString(ChaosRun.Account(i)));
    var report = await run.RunAsync();
    Console.WriteLine(report);
    foreach (var violation in report.Violations.Take(10))
    {
        Console.WriteLine($"        {violation}");
    }

    if (report.Violations.Count > 0)
    {
        broken.Add(report.Seed);
    }
}

Console.WriteLine(broken.Count == 0
    ? $"{options.Runs} runs, no violation."
    : $"{options.Runs} runs, {broken.Count} with violations: seeds {string.Join(", ", broken)}. Replay one with --runs 1 --seed N.");
return broken.Count == 0 ? 0 : 1;
