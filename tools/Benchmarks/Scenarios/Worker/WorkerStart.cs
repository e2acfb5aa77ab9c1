using System.Diagnostics;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Server;
using BulkSms.FunctionsHostSimulator;
using BulkSms.LocalHost;
using BulkSms.MemoryStorage;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;

namespace BulkSms.Benchmarks.Scenarios.Worker;

/// <summary>
/// The Functions app's worker from the start of its process until it has loaded its functions and answered once. It is published and set up as it is deployed; the host is simulated, and what
/// it takes itself is not counted.
/// </summary>
internal static class WorkerStart
{
    private const int Patience = 10_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    /// <summary>Measures it.</summary>
    /// <param name="name">What the line is called.</param>
    /// <param name="app">The published app.</param>
    /// <param name="starts">How many starts, after one that reads the files from the disk.</param>
    public static async Task<Measurement> MeasureAsync(string name, PublishedApp app, int starts)
    {
        await using var storage = await MemoryStorageServer.StartAsync(TimeSpan.Zero, TimeProvider.System);
        await using var twilio = await TwilioServer.StartAsync();
        await StartAsync(app, Settings(storage, twilio, makesTables: true));
        var (settings, times, cpu) = (Settings(storage, twilio, makesTables: false), new List<float>(), 0.0);
        for (var i = 0; i < starts; i++)
        {
            var (took, used) = await StartAsync(app, settings);
            times.Add((float)took.TotalMilliseconds);
            cpu += used.TotalMilliseconds;
        }

        return new(name, "start", starts, TimeSpan.FromMilliseconds(times.Sum()), times, new Usage { CpuMs = cpu });
    }

    private static async Task<(TimeSpan Took, TimeSpan Used)> StartAsync(PublishedApp app, Dictionary<string, string?> settings)
    {
        await using var host = await FunctionsHost.StartAsync();
        var begun = Stopwatch.GetTimestamp();
        using var worker = WorkerProcess.Start(app.Assembly, host.GrpcUrl, settings);
        await host.ConnectAsync(Path.GetDirectoryName(app.Assembly)!);
        using var http = new HttpClient { BaseAddress = host.Url };
        await AnsweredAsync(http);
        var (took, used) = (Stopwatch.GetElapsedTime(begun), worker.ProcessorTime);
        host.Terminate();
        await worker.EndedAsync();
        return (took, used);
    }

    // Its server listens after it has spoken to the host.
    private static async Task AnsweredAsync(HttpClient http)
    {
        for (var i = 0; i < Patience; i++)
        {
            using var response = await http.GetAsync("/api/health");
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(Look, TimeProvider.System);
        }

        throw new InvalidOperationException("The worker does not answer.");
    }

    // As infra/ deploys it: the tables are there.
    private static Dictionary<string, string?> Settings(MemoryStorageServer storage, TwilioServer twilio, bool makesTables)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [StorageServices.Setting] = storage.ConnectionString,
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "", // whatever this process has
            [$"{StorageOptions.Section}:{nameof(StorageOptions.CreateMissing)}"] = makesTables ? "true" : "false",
        };
        SimulatedTwilio.Use(twilio, settings);
        return settings;
    }
}
