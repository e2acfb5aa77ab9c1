using Azure.Core.Pipeline;
using BulkSms.Dispatch;
using BulkSms.LocalHost;
using BulkSms.LocalHost.Pump;
using BulkSms.MemoryStorage;
using BulkSms.Storage;

namespace BulkSms.Benchmarks.Server;

/// <summary>
/// LocalHost in this process, as it serves, on storage in memory, with an endpoint that tells what it uses. Its log is written and formatted, and goes nowhere.
/// </summary>
internal static class BenchmarkServer
{
    public const string Command = "serve";
    public const string UsagePath = "/benchmarks/usage";
    public const string ResetPath = "/benchmarks/reset";

    /// <summary>A turn of the sweeper, now.</summary>
    public const string SweepPath = "/benchmarks/sweep";

    /// <summary>From now on storage in memory has so much of Azure's limits: <c>?scale=0.1</c>.</summary>
    public const string LimitPath = "/benchmarks/limit";

    /// <summary>Setting: milliseconds that a storage call takes. Not set: storage is where AzureWebJobsStorage says.</summary>
    public const string LatencySetting = "Benchmarks:StorageLatencyMs";

    /// <summary>Setting: whether the queue triggers and the sweeper run. Default false: queues fill up.</summary>
    public const string PumpSetting = "Benchmarks:Pump";

    /// <summary>Serves until standard input ends. The first line that it prints is its address.</summary>
    public static async Task<int> RunAsync()
    {
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var storage = environment[LatencySetting] is null ? null : new MemoryAccount(TimeProvider.System);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (storage is not null)
        {
            settings[StorageServices.Setting] = MemoryTransport.ConnectionString;
        }

        var queues = environment.GetValue(PumpSetting, false) ? HostQueueSettings.Load(Repository.HostJson).With(environment) : null;
        await using var app = LocalHostApp.Build(0, settings, queues, builder =>
        {
            if (storage is not null)
            {
                var latency = TimeSpan.FromMilliseconds(environment.GetValue<double>(LatencySetting));
                builder.Services.AddSingleton<HttpPipelineTransport>(new MemoryTransport(storage, latency, TimeProvider.System));
            }
        });
        app.Web.MapGet(UsagePath, () => Results.Json(Usage.Now(storage), UsageJson.Default.Usage));
        app.Web.MapPost(ResetPath, Usage.ResetPeak);
        app.Web.MapPost(SweepPath, (SweepTurn turn) => turn.RunAsync(CancellationToken.None));
        app.Web.MapPost(LimitPath, (double scale) => storage!.Limits = new(TimeProvider.System, scale));
        using var heap = new HeapPeak();
        await app.Web.StartAsync();
        await app.Web.Services.GetRequiredService<StorageSetup>().Ready;
        await output.WriteLineAsync(app.Url.ToString());
        await Console.OpenStandardInput().CopyToAsync(Stream.Null);
        return 0;
    }
}
