using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using BulkSms.LocalHost;

namespace BulkSms.Functions.Tests.Worker;

/// <summary>The compiled Functions app as a process, started as the Functions host starts it.</summary>
public sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(15);
    private static readonly string App = typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "FunctionsApp").Value!;
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = [];

    private WorkerProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where the app lies.</summary>
    public static string Folder => Path.GetDirectoryName(App)!;

    /// <summary>What it wrote to the console: the host logs that too.</summary>
    public string Output => string.Join('\n', output);

    public static WorkerProcess Start(Uri host, IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            App, "--functions-uri", host.ToString(), "--functions-worker-id", Guid.NewGuid().ToString(), "--functions-request-id", Guid.NewGuid().ToString(),
            "--functions-grpc-max-message-length", int.MaxValue.ToString(CultureInfo.InvariantCulture),
        ])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true, // see StartupHook
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.AddSettings(settings);
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(WorkerProcess).Assembly.Location;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = Folder;
        return new(Process.Start(start)!);
    }

    /// <summary>Waits until it ends by itself; kills it if it does not.</summary>
    /// <returns>Its exit code; null when it had to be killed.</returns>
    public async Task<int?> EndedAsync()
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(EndPatience, TimeProvider.System);
            return process.ExitCode;
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            return null;
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
