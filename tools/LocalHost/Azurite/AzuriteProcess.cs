using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace BulkSms.LocalHost.Azurite;

/// <summary>Azurite as a child process, which ends when this process ends, however that comes about.</summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly string Key = Convert.ToBase64String(Encoding.UTF8.GetBytes("bulksms-local-storage-key-not-a-secret"));
    private readonly Process process;
    private readonly Uri blob;
    private readonly Uri queue;
    private readonly Uri table;

    private AzuriteProcess(Process process, (Uri Blob, Uri Queue, Uri Table) endpoints)
    {
        this.process = process;
        (blob, queue, table) = endpoints;
    }

    /// <summary>Starts Azurite.</summary>
    /// <param name="options">Where and with what.</param>
    /// <param name="say">Told, in a line, when something takes a while.</param>
    /// <param name="installer">What finds and installs it; null: this repository's.</param>
    /// <exception cref="SetupException">What this machine lacks, in one line.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, Action<string> say, AzuriteInstaller? installer = null)
    {
        var node = await (installer ?? AzuriteInstaller.OfRepository).EnsureAsync(say);
        var start = new ProcessStartInfo(node, options.Arguments())
        {
            WorkingDirectory = Repository.AzuriteFolder,
            UseShellExecute = false,
            RedirectStandardInput = true, // start.cjs ends when this closes
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (options.Accounts.Count > 0)
        {
            start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', options.Accounts.Select(account => $"{account}:{Key}"));
        }

        var child = Process.Start(start)!;
        try
        {
            return new(child, await ReadEndpointsAsync(child));
        }
        catch
        {
            child.Kill(entireProcessTree: true);
            child.Dispose();
            throw;
        }
    }

    /// <summary>The connection string of one of its accounts.</summary>
    public string ConnectionString(string account = AzuriteOptions.DefaultAccount) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};" +
        $"BlobEndpoint={blob}{account};QueueEndpoint={queue}{account};TableEndpoint={table}{account};";

    /// <summary>The ports that it listens on, to be started on again.</summary>
    public (int Blob, int Queue, int Table) Ports => (blob.Port, queue.Port, table.Port);

    /// <summary>The child's id.</summary>
    public int ProcessId => process.Id;

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(StopPatience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private static async Task<(Uri Blob, Uri Queue, Uri Table)> ReadEndpointsAsync(Process child)
    {
        var errors = child.StandardError.ReadToEndAsync();
        var found = new Dictionary<string, Uri>(StringComparer.Ordinal);
        using var patience = new CancellationTokenSource(StartPatience);
        while (found.Count < 3)
        {
            var line = await child.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new SetupException($"Azurite did not start: {(await errors).Trim().ReplaceLineEndings(" ")}");
            if (Listening().Match(line) is { Success: true } match)
            {
                found[match.Groups["service"].Value] = new Uri(match.Groups["url"].Value);
            }
        }

        _ = DrainAsync(child.StandardOutput); // a full pipe would stop it
        return (found["Blob"], found["Queue"], found["Table"]);
    }

    private static async Task DrainAsync(StreamReader output)
    {
        var buffer = new char[8192];
        while (await output.ReadAsync(buffer) > 0)
        {
            // Azurite's access log is not read
        }
    }

    [GeneratedRegex(@"^Azurite (?<service>\w+) service is successfully listening at (?<url>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}

/// <summary>Where Azurite listens and what it keeps.</summary>
/// <param name="Ports">Blob, queue and table port; 0 takes any free one.</param>
/// <param name="Location">Folder that keeps the data; null: kept in memory, gone when it stops.</param>
/// <param name="Accounts">Account names, each with its own queues, tables and containers; none: Azurite's own devstoreaccount1.</param>
public sealed record AzuriteOptions((int Blob, int Queue, int Table) Ports, string? Location, IReadOnlyList<string> Accounts)
{
    public const string DefaultAccount = "bulksms";

    public static AzuriteOptions InMemory { get; } = new((0, 0, 0), null, [DefaultAccount]);

    internal IEnumerable<string> Arguments()
    {
        IEnumerable<string> storage = Location is null ? ["--inMemoryPersistence"] : ["--location", Location];
        return
        [
            "start.cjs", "--skipApiVersionCheck", "--disableTelemetry",
            "--blobPort", Text(Ports.Blob), "--queuePort", Text(Ports.Queue), "--tablePort", Text(Ports.Table),
            .. storage,
        ];
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
