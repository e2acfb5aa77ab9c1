using BulkSms.Benchmarks;
using BulkSms.Benchmarks.Server;
using BulkSms.LocalHost;

// dotnet run -c Release --project tools/Benchmarks -- <what> [options]
if (args is [BenchmarkServer.Command])
{
    return await BenchmarkServer.RunAsync();
}

try
{
    return await BenchmarkRun.RunAsync(BenchmarkOptions.Parse(args));
}
catch (SetupException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
