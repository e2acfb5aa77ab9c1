using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using BulkSms.Chaos.Actors;
using BulkSms.Chaos.Hosts;
using BulkSms.Chaos.Invariants;
using BulkSms.Chaos.Storage;
using BulkSms.Chaos.Twilio;
using BulkSms.Storage;
using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos;

/// <summary>One run: two hosts over one storage and one Twilio, faults for some seconds, then peace, then the invariants.</summary>
public sealed class ChaosRun : IAsyncDisposable
{
    private const double HighestFaultRate = 0.12;
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1); // the proxy sees a claim, and the simulator a call, some time after the host made it
    private readonly TimeProvider time = TimeProvider.System;
    private readonly Deeds deeds = new();
    private readonly RowHistories histories = new();
    private readonly ClaimTimes claims;
    private readonly StorageFaults faults;
    private readonly LagMeter lag;
    private readonly Variation variation;
    private readonly ChaosOptions options;
    private readonly int seed;
    private readonly string storage;
    private TwilioServer twilio = null!;
    private StorageProxy proxy = null!;
    private HostProcess[] hosts = [];

    private ChaosRun(ChaosOptions options, int seed, string storage)
    {
        (this.options, this.seed, this.storage) = (options, seed, storage);
        variation = Variation.Draw(new Random(seed + 1), options.LargeEvery);
        faults = new(new Random(seed + 2), ScaledSettings.SendWindow * 1.2);
        claims = new(time);
        lag = new(time);
    }

    public static string Account(int run) => string.Create(CultureInfo.InvariantCulture, $"chaos{run:00000}");

    /// <summary>Starts the two hosts and what they need.</summary>
    public static async Task<ChaosRun> StartAsync(ChaosOptions options, int seed, string storage)
    {
        var run = new ChaosRun(options, seed, storage);
        try
        {
            await run.StartAsync();
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the faults, waits for rest, replays what was refused, waits again and checks.</summary>
    public async Task<ChaosReport> RunAsync()
    {
        var broadcasts = PostedBroadcasts.Of(options.Recipients, variation, new Random(seed + 3), time.GetUtcNow());
        var api = new ChaosApi(hosts, time);
        var people = new Operator(broadcasts, api, deeds, new Random(seed + 6), time);
        var replayer = new Replayer(broadcasts, api, deeds, new Random(seed + 9), time);
        var leases = new LeaseBreaker(storage, new Random(seed + 10), time);
        TwilioFaults.Draw(twilio, new Random(seed + 4), ScaledSettings.ListLag, variation);
        TwilioRecipients.BehaveBadly(twilio, broadcasts[0].Numbers, new Random(seed + 5));
        faults.Draw(HighestFaultRate);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(options.Seconds));
        IActor[] actors =
        [
            people, replayer, leases,
            new Killer(hosts, faults, twilio, deeds, variation, new Random(seed + 7), time),
            new QueueAbuser(storage, deeds, new Random(seed + 8), time),
            new Leaver(hosts, broadcasts[0].Numbers, twilio, api, deeds, new Random(seed + 11), time),
            .. broadcasts.Select((broadcast, i) => new Poster(broadcast, api, new Random(seed + 20 + i), time)),
        ];
        await Task.WhenAll(actors.Select(actor => actor.RunAsync(stop.Token)));
        var twilioFaults = twilio.Messages.Calls.Count(call => call.Fault is not null);
        faults.Clear();
        TwilioFaults.Clear(twilio);
        await people.ReleaseAsync();

        var (stored, shown) = (new StoredState(storage), new ShownState(api));
        var rest = new Rest(stored, twilio, leases, time);
        var atRest = await rest.WaitAsync();
        var first = await CollectAsync(broadcasts, stored, shown);
        var violations = AllInvariants.Check(first); // now: histories go on
        var replayedAt = time.GetUtcNow();
        await replayer.ReplayAllAsync();
        await rest.WaitAsync();
        var evidence = await CollectAsync(broadcasts, stored, shown) with { RowsBeforeReplay = first.Rows, ReplayedAt = replayedAt };
        return new ChaosReport
        {
            Seed = seed,
            Broadcasts = broadcasts.Count,
            Recipients = broadcasts.Sum(broadcast => broadcast.Numbers.Count),
            Sent = evidence.Messages.Count,
            Calls = evidence.Calls.Count,
            Kills = deeds.Kills,
            Stops = deeds.Stops,
            StorageFaults = faults.Made,
            TwilioFaults = twilioFaults,
            QueueFaults = deeds.QueueFaults,
            Held = deeds.Held.Count,
            Replays = deeds.Replays,
            AtRest = atRest.TotalSeconds,
            Violations = [.. violations.Union(AllInvariants.Check(evidence), StringComparer.Ordinal)],
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        await (proxy?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (twilio?.DisposeAsync() ?? ValueTask.CompletedTask);
        await lag.DisposeAsync();
    }

    private async Task StartAsync()
    {
        twilio = await TwilioServer.StartAsync(new TwilioSimulatorOptions { Seed = seed });
        proxy = await StorageProxy.StartAsync(storage, Arrived, histories.Watch);
        await CreateStorageAsync();
        hosts = [.. FreePorts.Take(2).Select(port => new HostProcess(ScaledSettings.For(proxy.ConnectionString, twilio, port, variation), port))];
        await Task.WhenAll(hosts.Select(host => host.StartAsync()));
    }

    private CallFault Arrived(StorageCall call)
    {
        claims.Watch(call);
        return faults.Decide(call);
    }

    // The hosts make them too, but not before they answer.
    private async Task CreateStorageAsync()
    {
        foreach (var queue in QueueNames.All)
        {
            await new QueueClient(storage, queue).CreateIfNotExistsAsync();
        }

        foreach (var table in TableNames.All)
        {
            await new TableClient(storage, table).CreateIfNotExistsAsync();
        }
    }

    private async Task<Evidence> CollectAsync(IReadOnlyList<Posted> posted, StoredState stored, ShownState shown)
    {
        var broadcasts = await stored.BroadcastsAsync();
        var ids = broadcasts.Select(broadcast => broadcast.Id).ToArray();
        return new Evidence
        {
            Posted = posted,
            Broadcasts = broadcasts,
            Rows = await stored.RowsAsync(),
            HistoryOf = histories.Of,
            Views = await shown.BroadcastsAsync(ids),
            Pages = await shown.RecipientsAsync(ids),
            Messages = TwilioRecord.Messages(twilio),
            Calls = TwilioRecord.Calls(twilio),
            Claims = claims.All,
            Poison = await shown.PoisonAsync(),
            Held = deeds.Held,
            OptedOut = await stored.OptOutsAsync(),
            Queues = await stored.QueuesAsync(),
            Replays = deeds.Replays,
            ReadAt = time.GetUtcNow(),
            Slack = Slack + lag.Worst,
        };
    }
}
