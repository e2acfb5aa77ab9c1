using BulkSms.LocalHost;
using BulkSms.LocalHost.Azurite;
using BulkSms.MemoryStorage;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;

namespace BulkSms.Benchmarks.Server;

/// <summary>Where a server under test has its storage.</summary>
internal enum StoragePlace
{
    /// <summary>In its own memory: its processor time includes storage's, which is told apart.</summary>
    Server,

    /// <summary>In the load generator's memory, over HTTP: its memory is its own, and several can share it.</summary>
    LoadGenerator,

    /// <summary>In Azurite.</summary>
    Azurite,
}

/// <summary>A Twilio, a storage and one or more servers, with the settings that a benchmark needs.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly List<ServerProcess> servers = [];
    private KeyValuePair<string, string?>[] serverSettings = [];
    private MemoryStorageServer? memory;
    private AzuriteProcess? azurite;

    private Rig(TwilioServer twilio) => Twilio = twilio;

    public TwilioServer Twilio { get; }

    /// <summary>The storage's connection string; only for storage outside the server.</summary>
    public string Storage { get; private set; } = "";

    /// <summary>The storage in this process's memory; null: it is elsewhere.</summary>
    public MemoryAccount? Memory => memory?.Account;

    /// <summary>What a measurement's name says of storage: nothing when it is in the server's memory.</summary>
    public string StoragePlaceText => azurite is not null ? ", Azurite" : memory is not null ? ", storage over a socket" : "";

    public ServerProcess Server => servers[0];

    /// <summary>Recipients a second that fan-out surely does: how long a backlog is given to be built.</summary>
    public int FanOutRate { get; private init; }

    /// <summary>Starts all of it.</summary>
    /// <param name="options">Latencies, and whether storage is Azurite.</param>
    /// <param name="pump">Whether the queue triggers run.</param>
    /// <param name="place">Where storage is, unless the options ask for Azurite.</param>
    /// <param name="instances">Servers.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<Rig> StartAsync(
        BenchmarkOptions options, bool pump, StoragePlace place = StoragePlace.Server, int instances = 1, Dictionary<string, string?>? settings = null)
    {
        var twilio = await TwilioServer.StartAsync();
        twilio.Faults.Latency = options.TwilioLatency;
        twilio.Faults.CallbackStatuses = [];
        var rig = new Rig(twilio) { FanOutRate = options.Azurite ? 100 : 5000 };
        var all = await rig.SettingsAsync(options, pump, options.Azurite ? StoragePlace.Azurite : place);
        rig.serverSettings = [.. all, .. settings ?? []];
        await rig.ScaleAsync(instances, kills: false);

        return rig;
    }

    /// <summary>Starts or ends servers until there are so many; the first one stays.</summary>
    /// <param name="instances">Servers.</param>
    /// <param name="kills">Whether those that end are killed; else they are told to end.</param>
    public async Task ScaleAsync(int instances, bool kills)
    {
        await Task.WhenAll(servers.Skip(instances).Select(server => kills ? server.KillAsync() : server.DisposeAsync().AsTask()));
        servers.RemoveRange(Math.Min(instances, servers.Count), Math.Max(0, servers.Count - instances));
        servers.AddRange(await Task.WhenAll(Enumerable.Range(0, instances - servers.Count).Select(_ => ServerProcess.StartAsync(serverSettings))));
    }

    /// <summary>What all servers have used, and what storage has done for them.</summary>
    public async Task<Usage> UsageAsync()
    {
        var each = await Task.WhenAll(servers.Select(server => server.UsageAsync()));
        return each[0] with
        {
            CpuMs = each.Sum(usage => usage.CpuMs),
            AllocatedBytes = each.Sum(usage => usage.AllocatedBytes),
            Collections = [.. Enumerable.Range(0, 3).Select(generation => each.Sum(usage => usage.Collections[generation]))],
            PeakWorkingSet = each.Max(usage => usage.PeakWorkingSet),
            Operations = memory?.Account.Operations.Snapshot() ?? each[0].Operations,
            Held = memory?.Account.Held.Take() ?? each[0].Held,
        };
    }

    /// <summary>All servers collect their garbage and forget their peaks.</summary>
    public Task ResetAsync() => Task.WhenAll(servers.Select(server => server.ResetAsync()));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        await Twilio.DisposeAsync();
        await (memory?.DisposeAsync() ?? default);
        await (azurite?.DisposeAsync() ?? default);
    }

    private async Task<Dictionary<string, string?>> SettingsAsync(BenchmarkOptions options, bool pump, StoragePlace place)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [BenchmarkServer.PumpSetting] = pump ? "true" : "false",
            ["Limits:RequestsPerMinute"] = "1000000", // the limits of one caller are not what is measured
            ["Limits:RecipientsPerDay"] = "1000000000",
            ["Sending:SegmentsPerSecond"] = "10000",
            [SweeperService.PeriodSetting] = "01:00:00", // its turn comes each minute, in some measurements and not in others
        };
        SimulatedTwilio.Use(Twilio, settings);
        switch (place)
        {
            case StoragePlace.Server:
                settings[BenchmarkServer.LatencySetting] = options.StorageLatency.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                break;
            case StoragePlace.LoadGenerator:
                memory = await MemoryStorageServer.StartAsync(options.StorageLatency, TimeProvider.System);
                settings[StorageServices.Setting] = Storage = memory.ConnectionString;
                break;
            default:
                azurite = await AzuriteProcess.StartAsync(AzuriteOptions.InMemory, line => Console.Error.WriteLine(line));
                settings[StorageServices.Setting] = Storage = azurite.ConnectionString();
                break;
        }

        return settings;
    }
}
