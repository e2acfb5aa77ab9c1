using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using BulkSms.LocalHost;

namespace BulkSms.FunctionsHostSimulator;

/// <summary>The compiled Functions app as a process, started as the Functions host starts it.</summary>
public sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(15);
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = [];
    private readonly Channel<string> told = Channel.CreateUnbounded<string>();

    private WorkerProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it wrote to the console: the host logs that too.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Its id on this machine.</summary>
    public int Id => process.Id;

    /// <summary>Processor time that it has used, user and kernel.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="app">The app's assembly.</param>
    /// <param name="host">The Functions host.</param>
    /// <param name="settings">The app settings, as <c>Section:Name</c>.</param>
    public static WorkerProcess Start(string app, Uri host, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var folder = Path.GetDirectoryName(app)!;
        var start = new ProcessStartInfo("dotnet",
        [
            app, "--functions-uri", host.ToString(), "--functions-worker-id", Guid.NewGuid().ToString(), "--functions-request-id", Guid.NewGuid().ToString(),
            "--functions-grpc-max-message-length", int.MaxValue.ToString(CultureInfo.InvariantCulture),
        ])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true, // see StartupHook
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.AddSettings(settings);
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(WorkerProcess).Assembly.Location;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        return new(Process.Start(start)!);
    }

    /// <summary>What its heap has seen so far, and how many methods were compiled.</summary>
    /// <param name="collects">Whether it collects all garbage before.</param>
    public async Task<(long AllocatedBytes, long Compiled, int[] Collections)> HeapAsync(bool collects = false)
    {
        await process.StandardInput.WriteAsync(collects ? StartupHook.Collect : StartupHook.Tell);
        await process.StandardInput.FlushAsync();
        var numbers = (await told.Reader.ReadAsync())[StartupHook.Told.Length..].Split(' ');
        return (long.Parse(numbers[0], CultureInfo.InvariantCulture), long.Parse(numbers[1], CultureInfo.InvariantCulture), [.. numbers.Skip(2).Select(number => int.Parse(number, CultureInfo.InvariantCulture))]);
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

    private void Take(string line)
    {
        if (line.StartsWith(StartupHook.Told, StringComparison.Ordinal))
        {
            told.Writer.TryWrite(line);
        }
        else
        {
            output.Enqueue(line);
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
