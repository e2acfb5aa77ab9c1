using System.Diagnostics;
using System.Net.Http.Json;
using BulkSms.LocalHost;

namespace BulkSms.Benchmarks.Server;

/// <summary>A server under test, in a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Key = "benchmark-key";
    private readonly Process process;

    private ServerProcess(Process process, Uri url)
    {
        this.process = process;
        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan, UseCookies = false }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(10) };
        Http.DefaultRequestHeaders.Add(FunctionKey.Header, Key);
    }

    /// <summary>A caller with the function key.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts one.</summary>
    /// <param name="settings">Its settings, as <c>Section:Name</c>.</param>
    public static async Task<ServerProcess> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [typeof(ServerProcess).Assembly.Location, BenchmarkServer.Command]
            : [BenchmarkServer.Command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true, // it ends when this closes
            RedirectStandardOutput = true,
        };
        start.AddSettings([new(LocalHostApp.KeySetting, Key), .. settings]);
        var process = Process.Start(start)!;
        return await process.StandardOutput.ReadLineAsync() is { } url
            ? new(process, new Uri(url))
            : throw new InvalidOperationException("The server did not start.");
    }

    public async Task<Usage> UsageAsync() => (await Http.GetFromJsonAsync(BenchmarkServer.UsagePath, UsageJson.Default.Usage))!;

    /// <summary>Collects its garbage and forgets its peak.</summary>
    public Task ResetAsync() => PostAsync(BenchmarkServer.ResetPath);

    public async Task PostAsync(string path)
    {
        using var response = await Http.PostAsync(path, null);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
