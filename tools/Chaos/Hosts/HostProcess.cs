using System.Diagnostics;
using BulkSms.LocalHost;

namespace BulkSms.Chaos.Hosts;

/// <summary>A LocalHost in a process of its own, to be killed, frozen and started again.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    public const string Key = "chaos-key";
    private const string Listening = "BulkSms listens at ";
    private readonly IReadOnlyDictionary<string, string> settings;
    private Process? process;

    private HostProcess(IReadOnlyDictionary<string, string> settings) => this.settings = settings;

    /// <summary>A caller with the key; a new one after each start.</summary>
    public HttpClient Http { get; private set; } = new();

    public static async Task<HostProcess> StartAsync(IReadOnlyDictionary<string, string> settings, int port)
    {
        var host = new HostProcess(settings) { Port = port };
        await host.StartAsync();
        return host;
    }

    /// <summary>Kept over restarts: Twilio's callbacks go there.</summary>
    public int Port { get; private init; }

    /// <summary>SIGKILL: nothing is finished, nothing is written.</summary>
    public void Kill()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
        }
    }

    /// <summary>SIGKILL, and a new process in its place.</summary>
    public async Task RestartAsync()
    {
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

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(LocalHostApp).Assembly.Location, "--port", $"{Port}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        while (true)
        {
            var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"LocalHost did not start: {await errors}");
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                break;
            }
        }

        _ = process.StandardOutput.ReadToEndAsync();
        Http.Dispose();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(20) };
        Http.DefaultRequestHeaders.Add(FunctionKey.Header, Key);
    }

    private void Signal(string name)
    {
        if (process is { HasExited: false } && !OperatingSystem.IsWindows())
        {
            using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{name}", $"{process.Id}"]) { UseShellExecute = false })!;
            kill.WaitForExit();
        }
    }
}
