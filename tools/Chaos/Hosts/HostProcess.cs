using System.Diagnostics;
using BulkSms.LocalHost;

namespace BulkSms.Chaos.Hosts;

/// <summary>A LocalHost in a process of its own, to be killed, frozen and started again.</summary>
/// <param name="settings">Its settings.</param>
/// <param name="port">Its port, kept over restarts: Twilio's callbacks go there.</param>
/// <param name="arguments">Further arguments.</param>
public sealed class HostProcess(IReadOnlyDictionary<string, string> settings, int port, params string[] arguments) : IAsyncDisposable
{
    public const string Key = "chaos-key";
    private const string Listening = "BulkSms listens at ";
    private const int Starts = 5;
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(1);
    private Process? process;

    /// <summary>A caller with the key; a new one after each start.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>What is started: the LocalHost of this build, or of another one.</summary>
    public string Program { get; init; } = typeof(LocalHostApp).Assembly.Location;

    /// <summary>The token that goes with the key; null: none.</summary>
    public string? Token { get; init; }

    public int Port => port;

    public bool IsAlive => process is { HasExited: false };

    /// <summary>Starts it. The port may be in use for a moment, by what is left of the process before: then it is tried again.</summary>
    public async Task StartAsync()
    {
        for (var i = 1; ; i++)
        {
            process = Process.Start(StartInfo())!;
            var errors = process.StandardError.ReadToEndAsync();
            if (await ListensAsync(process))
            {
                _ = process.StandardOutput.ReadToEndAsync(); // a full pipe would stop it
                break;
            }

            Kill();
            process.Dispose();
            process = null;
            if (i == Starts)
            {
                throw new InvalidOperationException($"LocalHost did not start: {await errors}");
            }
        }

        Http.Dispose();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(20) };
        Http.DefaultRequestHeaders.Add(FunctionKey.Header, Key);
        Http.DefaultRequestHeaders.Authorization = Token is { } token ? new("Bearer", token) : null;
    }

    /// <summary>SIGKILL: nothing is finished, nothing is written.</summary>
    public void Kill()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
        }
    }

    /// <summary>SIGTERM: it finishes what it has begun and ends by itself.</summary>
    /// <returns>How it ended; null when it did not within a minute.</returns>
    /// <exception cref="InvalidOperationException">It was dead already.</exception>
    public async Task<(int ExitCode, TimeSpan Took)?> TerminateAsync(TimeProvider time)
    {
        if (!IsAlive)
        {
            throw new InvalidOperationException("Who is to end must live.");
        }

        var begun = time.GetTimestamp();
        Signal("TERM");
        try
        {
            await process!.WaitForExitAsync().WaitAsync(EndPatience, time);
            return (process.ExitCode, time.GetElapsedTime(begun));
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>SIGKILL, and a new process in its place.</summary>
    public async Task RestartAsync()
    {
        Thaw();
        Kill();
        await process!.WaitForExitAsync();
        process.Dispose();
        await StartAsync();
    }

    /// <summary>SIGSTOP: every clock goes on but its threads do not.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal("CONT");

    public ValueTask DisposeAsync()
    {
        Thaw();
        Kill();
        process?.Dispose();
        Http.Dispose();
        return ValueTask.CompletedTask;
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo("dotnet", [Program, "--port", $"{port}", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true, // it ends when this closes: nothing stays behind when we die
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.AddSettings(settings!);
        return start;
    }

    private static async Task<bool> ListensAsync(Process started)
    {
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private void Signal(string name)
    {
        if (process is { HasExited: false } && !OperatingSystem.IsWindows())
        {
            using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", $"{process.Id}"]) { UseShellExecute = false, RedirectStandardError = true })!;
            kill.WaitForExit();
        }
    }
}
