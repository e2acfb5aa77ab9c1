using System.Diagnostics;
using System.Runtime.InteropServices;
using BulkSms.Benchmarks.Report;
using BulkSms.Benchmarks.Scenarios.Worker;
using BulkSms.Benchmarks.Server;
using BulkSms.LocalHost;
using BulkSms.MemoryStorage;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;

namespace BulkSms.Benchmarks.Scenarios;

/// <summary>
/// LocalHost from the start of its process to its first answer, as it is built and as it is published with ReadyToRun code; and the Functions app's worker, as it is deployed.
/// </summary>
internal static class StartUpScenario
{
    private const int Starts = 10;

    private static readonly (string Name, string[] Properties)[] Publications =
    [
        ("compiled as it runs", ["-p:SelfContained=false", "-p:PublishReadyToRun=false"]),
        ("ReadyToRun", ["-p:SelfContained=false", "-p:PublishReadyToRun=true"]),
        ("ReadyToRun with its runtime in one image", ["-p:SelfContained=true", "-p:PublishReadyToRun=true", "-p:PublishReadyToRunComposite=true"]),
    ];

    public static async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("bulksms-startup-").FullName;
        try
        {
            foreach (var (name, properties) in Publications)
            {
                var published = Path.Combine(folder, name);
                await PublishAsync(published, properties);
                yield return await MeasureAsync($"start of LocalHost, {name} (of what it used, its processor time only)", published);
            }

            using var app = await PublishedApp.GetAsync(options.App);
            yield return await WorkerStart.MeasureAsync("start of the Functions worker, ReadyToRun (the same)", app, Starts);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PublishAsync(string folder, string[] properties)
    {
        var project = Path.Combine(Repository.Root, "tools", "LocalHost");
        var kept = Path.Combine(project, "obj", "Release", "net10.0", RuntimeInformation.RuntimeIdentifier, "R2R");
        if (Directory.Exists(kept))
        {
            Directory.Delete(kept, recursive: true); // the SDK would take what it compiled for another kind of publication
        }

        using var publish = Process.Start("dotnet",
        [
            "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier,
            .. properties, "-o", folder, "-v", "quiet", "--nologo",
        ]);
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException("LocalHost could not be published.");
        }
    }

    private static async Task<Measurement> MeasureAsync(string name, string folder)
    {
        await using var storage = await MemoryStorageServer.StartAsync(TimeSpan.Zero, TimeProvider.System);
        await using var twilio = await TwilioServer.StartAsync();
        var (times, cpu, all) = (new List<float>(), 0.0, TimeSpan.Zero);
        for (var i = 0; i <= Starts; i++)
        {
            var (took, used) = await StartAsync(folder, storage, twilio);
            if (i > 0) // the first reads the files from the disk
            {
                times.Add((float)took.TotalMilliseconds);
                (cpu, all) = (cpu + used.TotalMilliseconds, all + took);
            }
        }

        return new(name, "start", Starts, all, times, new Usage { CpuMs = cpu });
    }

    private static async Task<(TimeSpan Took, TimeSpan Used)> StartAsync(string folder, MemoryStorageServer storage, TwilioServer twilio)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { [StorageServices.Setting] = storage.ConnectionString, ["LocalHost:EndsWithInput"] = "true" };
        SimulatedTwilio.Use(twilio, settings);
        var start = Command(folder);
        (start.UseShellExecute, start.RedirectStandardInput, start.RedirectStandardOutput) = (false, true, true);
        start.AddSettings(settings);
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        using var http = new HttpClient { BaseAddress = await ListeningAsync(process) };
        using var response = (await http.GetAsync("/api/health")).EnsureSuccessStatusCode();
        var took = Stopwatch.GetElapsedTime(begun);
        var used = process.TotalProcessorTime;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (took, used);
    }

    /// <summary>What carries its own runtime is started by its own program.</summary>
    private static ProcessStartInfo Command(string folder)
        => File.Exists(Path.Combine(folder, "System.Private.CoreLib.dll"))
            ? new(Path.Combine(folder, OperatingSystem.IsWindows() ? "BulkSms.LocalHost.exe" : "BulkSms.LocalHost"), ["--port", "0"])
            : new("dotnet", [Path.Combine(folder, "BulkSms.LocalHost.dll"), "--port", "0"]);

    private static async Task<Uri> ListeningAsync(Process process)
    {
        const string listening = "BulkSms listens at ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(listening, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(); // a full pipe would stop it
                return new Uri(line[listening.Length..]);
            }
        }

        throw new InvalidOperationException("LocalHost did not start.");
    }
}
