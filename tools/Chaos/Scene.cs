using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BulkSms.Chaos.Events;
using BulkSms.Chaos.Hosts;
using BulkSms.Chaos.Storage;
using BulkSms.LocalHost;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos;

/// <summary>What a run is played on: two hosts, one storage behind a proxy, one Twilio, and those who watch.</summary>
public sealed class Scene : IAsyncDisposable
{
    public const int HostCount = 2;
    private StorageProxy? proxy;
    private Issuer? issuer;

    private Scene(int seed, string storage, TimeProvider time)
    {
        Storage = storage;
        Faults = new(new Random(seed), ScaledSettings.SendDeadline * 1.2);
        Claims = new(time);
        Lag = new(time);
    }

    public IReadOnlyList<HostProcess> Hosts { get; private set; } = [];

    /// <summary>One that both hosts use, or one for each.</summary>
    public IReadOnlyList<TwilioServer> Twilios { get; private set; } = [];

    /// <summary>Each host with its Twilio.</summary>
    public IReadOnlyList<Line> Lines => [.. Hosts.Select((host, i) => new Line(host, TwilioOf(i)))];

    /// <summary>The token of the caller that approves; that of all others goes with each host's client.</summary>
    public string Approver => issuer!.Approver;

    /// <summary>Connection string that leads past the proxy.</summary>
    public string Storage { get; }

    public StorageFaults Faults { get; }

    public ClaimTimes Claims { get; }

    /// <summary>Who is told of events; null: no system is.</summary>
    public EventTaker? Taker { get; private set; }

    public RowHistories Histories { get; } = new();

    public LagMeter Lag { get; }

    /// <summary>Starts everything.</summary>
    /// <param name="seed">Of what Twilio and the proxy do by chance.</param>
    /// <param name="storage">A connection string.</param>
    /// <param name="variation">What is special.</param>
    /// <param name="segmentsPerSecond">Of both hosts together, by whatever accounts they send.</param>
    /// <param name="approvedAbove">Broadcasts with more recipients need an approval.</param>
    /// <param name="time">The clock.</param>
    /// <param name="old">The program of one of the hosts; null: both are of this build.</param>
    public static async Task<Scene> StartAsync(int seed, string storage, Variation variation, double segmentsPerSecond, int approvedAbove, TimeProvider time, string? old = null)
    {
        var scene = new Scene(seed, storage, time);
        try
        {
            scene.issuer = await Issuer.StartAsync(time);
            await scene.StartAsync(seed, variation, segmentsPerSecond, approvedAbove, time, old);
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts)
        {
            await host.DisposeAsync();
        }

        await (proxy?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var twilio in Twilios)
        {
            await twilio.DisposeAsync();
        }

        await (issuer?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Taker?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Lag.DisposeAsync();
    }

    private async Task StartAsync(int seed, Variation variation, double segmentsPerSecond, int approvedAbove, TimeProvider time, string? old)
    {
        for (var i = 0; i < (variation.HasTwoAccounts ? HostCount : 1); i++)
        {
            Twilios = [.. Twilios, await TwilioServer.StartAsync(Account(i, seed))];
        }

        proxy = await StorageProxy.StartAsync(Storage, Arrived, Histories.Watch);
        await CreateStorageAsync();
        Hosts = [.. FreePorts.Take(HostCount).Select((port, i) => new HostProcess(
            With(ScaledSettings.For(proxy.ConnectionString, TwilioOf(i), port, variation, segmentsPerSecond / Twilios.Count), approvedAbove, old is null), port)
        {
            Token = issuer!.Maker, Program = old is not null && (seed + i) % HostCount == 1 ? old : typeof(LocalHostApp).Assembly.Location,
        })];
        await Task.WhenAll(Hosts.Select(host => host.StartAsync()));
        if (variation.TellsEvents)
        {
            var port = FreePorts.Take(1)[0];
            Taker = await EventTaker.StartAsync(port, new Random(seed));
            await EventTaker.RegisterAsync(Hosts[0], port);
            await Task.Delay(ScaledSettings.EndpointsKnownFor * 2, time); // the other host has not heard of it before
        }
    }

    private Dictionary<string, string> With(Dictionary<string, string> settings, int approvedAbove, bool sharesFast)
    {
        if (!sharesFast)
        {
            settings.Remove(LocalHostApp.ShareTimesSetting); // the other build may not know it, and both must wait for as long
        }

        foreach (var (name, value) in issuer!.Settings.Append(new("Approval:RequiredAboveRecipients", approvedAbove.ToString(CultureInfo.InvariantCulture))))
        {
            settings[name] = value;
        }

        return settings;
    }

    private TwilioServer TwilioOf(int host) => Twilios[host % Twilios.Count];

    // On a port that no other process takes while it is away.
    private static TwilioSimulatorOptions Account(int i, int seed) => new()
    {
        Seed = seed + i,
        Port = FreePorts.Take(1)[0],
        AccountSid = $"AC{i:x28}fa4e",
        AuthToken = $"{i:x28}fa4e",
        MessagingServiceSid = $"MG{i:x28}fa4e",
    };

    private CallFault Arrived(StorageCall call)
    {
        Claims.Watch(call);
        return Faults.Decide(call);
    }

    // The hosts make all this too, but not before they answer.
    private async Task CreateStorageAsync()
    {
        foreach (var queue in QueueNames.All)
        {
            await new QueueClient(Storage, queue).CreateIfNotExistsAsync();
        }

        foreach (var table in TableNames.All)
        {
            await new TableClient(Storage, table).CreateIfNotExistsAsync();
        }

        foreach (var container in ContainerNames.All)
        {
            await new BlobContainerClient(Storage, container).CreateIfNotExistsAsync();
        }
    }
}
