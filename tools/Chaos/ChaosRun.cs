using System.Globalization;
using BulkSms.Broadcasts;
using BulkSms.Chaos.Actors;
using BulkSms.Chaos.Hosts;
using BulkSms.Chaos.Invariants;
using BulkSms.Chaos.Twilio;

namespace BulkSms.Chaos;

/// <summary>One run: two hosts over one storage, and one Twilio or one each, faults for some seconds, then peace, then the invariants.</summary>
public sealed class ChaosRun : IAsyncDisposable
{
    private const double HighestFaultRate = 0.12;
    private const double HighestReceiverFaultRate = 0.8;
    private const int Readings = 20;
    private const int MostErased = 3;
    private readonly TimeProvider time;
    private readonly ChaosOptions options;
    private readonly Variation variation;
    private readonly Scene scene;
    private readonly Deeds deeds = new();
    private readonly Chances chances;
    private readonly IReadOnlyList<Posted> posted;
    private readonly StoredState stored;
    private readonly ShownState shown;
    private readonly Operator people;
    private readonly FirstPartJudge judge;
    private readonly Approver approver;
    private readonly Replayer replayer;
    private readonly LeaseBreaker leases;
    private readonly Eraser eraser;
    private readonly IReadOnlyList<IActor> others;

    private ChaosRun(ChaosOptions options, Chances chances, Variation variation, Scene scene, TimeProvider time)
    {
        (this.options, this.chances, this.variation, this.scene, this.time) = (options, chances, variation, scene, time);
        var api = new ChaosApi(scene.Hosts, time);
        (stored, shown) = (new(scene.Storage), new(api));
        posted = PostedBroadcasts.Of(options.Recipients, chances.Next(), time.GetUtcNow(), hasPriority: options.Old is null, hasFirstPart: options is { Old: null, TriesFirstPart: true }); // another build may not know them
        people = new(posted, api, deeds, chances.Next(), time);
        judge = new(posted, api, people);
        approver = new(posted, api, scene.Approver, deeds, chances.Next(), time);
        replayer = new(posted, api, deeds, chances.Next(), time);
        leases = new(scene.Storage, chances.Next(), time);
        var erased = posted[0].Numbers.TakeLast(Math.Min(MostErased, posted[0].Numbers.Count / 10)).ToArray();
        var (leavers, unheard, repeated) = Share([.. posted[0].Numbers.Except(erased, StringComparer.Ordinal)]);
        eraser = new(erased, api, deeds, chances.Next(), time);
        others =
        [
            new Killer(scene.Hosts, scene.Faults, scene.Twilios, deeds, variation, chances.Next(), time),
            new QueueAbuser(scene.Storage, deeds, chances.Next(), time),
            new Leaver(scene.Lines, leavers, api, deeds, chances.Next(), time),
            .. posted.Select(broadcast => new Poster(broadcast, api, chances.Next(), time)),
            .. If(variation.HasOutage, new OutageMaker(scene.Twilios, deeds, chances.Next(), time)),
            .. If(variation.StorageGoesAway, new UnheardLeaver(scene.Lines, unheard, scene.Faults, stored, deeds, chances.Next(), time)),
            .. If(variation.RepeatsStarts, new StartRepeater(scene.Lines, repeated, deeds, chances.Next(), time)),
        ];
    }

    public static string Account(int run) => string.Create(CultureInfo.InvariantCulture, $"chaos{run:00000}");

    /// <summary>Starts the two hosts and what they need.</summary>
    public static async Task<ChaosRun> StartAsync(ChaosOptions options, int seed, string storage)
    {
        var chances = new Chances(seed);
        var variation = Variation.Draw(chances.Next());
        return new(options, chances, variation, await Scene.StartAsync(seed, storage, variation, RateOf(options), options.Recipients, TimeProvider.System, options.Old), TimeProvider.System);
    }

    /// <summary>Makes the faults, waits for rest, replays what was refused, waits again and checks.</summary>
    public async Task<ChaosReport> RunAsync()
    {
        var twilioFaults = await MakeFaultsAsync();
        var rest = new Rest(stored, scene.Twilios, leases, judge, time);
        var atRest = await rest.WaitAsync();
        var first = await CollectAsync();
        var violations = AllInvariants.Check(first); // now: histories go on
        var replayedAt = time.GetUtcNow();
        await replayer.ReplayAllAsync();
        await rest.WaitAsync();
        var last = await CollectAsync() with { RowsBeforeReplay = first.Rows, ReplayedAt = replayedAt };
        return Report(last, twilioFaults, atRest, [.. violations.Union(AllInvariants.Check(last), StringComparer.Ordinal)]);
    }

    // There is something to send for as long as faults are made.
    private static double RateOf(ChaosOptions options) => (double)PostedBroadcasts.Segments * PostedBroadcasts.PerRecipient * options.Recipients / options.Seconds;

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    // Who says STOP, who says it while storage is away, and whose old START comes again: no two of them the same, for what each may expect differs.
    private static (string[] Leavers, string[] Unheard, string[] Repeated) Share(IReadOnlyList<string> numbers) =>
        ([.. numbers.Take((numbers.Count + 1) / 2)], [.. numbers.Skip((numbers.Count + 1) / 2).Take(numbers.Count / 4)], [.. numbers.Skip(((numbers.Count + 1) / 2) + (numbers.Count / 4))]);

    private static IActor[] If(bool condition, IActor actor) => condition ? [actor] : [];

    // Gives how many calls to Twilio failed by a fault.
    private async Task<int> MakeFaultsAsync()
    {
        foreach (var twilio in scene.Twilios)
        {
            TwilioFaults.Draw(twilio, chances.Next(), ScaledSettings.ListLag, variation);
            TwilioRecipients.BehaveBadly(twilio, posted[0].Numbers, chances.Next());
        }

        scene.Faults.Draw(HighestFaultRate);
        scene.Taker?.Fail(HighestReceiverFaultRate * chances.Next().NextDouble());
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(options.Seconds), time);
        await Task.WhenAll(others.Concat(options.ErasesPersons ? [people, approver, replayer, leases, eraser] : [people, approver, replayer, leases]).Select(actor => actor.RunAsync(stop.Token)));
        var made = scene.Twilios.Sum(twilio => twilio.Messages.Calls.Count(call => call.Fault is not null));
        scene.Faults.Clear();
        scene.Taker?.Fail(0);
        foreach (var twilio in scene.Twilios)
        {
            TwilioFaults.Clear(twilio);
        }

        await people.ReleaseAsync();
        await approver.FinishAsync();
        await (options.ErasesPersons ? eraser.EndAsync() : Task.CompletedTask);
        return made;
    }

    // A callback that was late may still come: then what was read before it and after it do not fit, and all is read again.
    private async Task<Evidence> CollectAsync()
    {
        for (var i = 1; ; i++)
        {
            var evidence = await ReadAsync();
            var after = await stored.RowsAsync();
            if (i == Readings || after.Select(row => row.ETag).SequenceEqual(evidence.Rows.Select(row => row.ETag)))
            {
                return evidence;
            }
        }
    }

    private async Task<Evidence> ReadAsync()
    {
        var broadcasts = await stored.BroadcastsAsync();
        var ids = broadcasts.Select(broadcast => broadcast.Id).ToArray();
        var (refusals, givenUpByHost) = await shown.PoisonAsync();
        var rows = await stored.RowsAsync();
        return new Evidence
        {
            Posted = posted,
            Broadcasts = broadcasts,
            Rows = rows,
            HistoryOf = rows.ToDictionary(row => row.Key, row => scene.Histories.Of(row.Key)).GetValueOrDefault,
            Views = await shown.BroadcastsAsync(ids),
            Pages = await shown.RecipientsAsync(ids),
            Messages = TwilioRecord.Messages(scene.Twilios),
            Calls = TwilioRecord.Calls(scene.Twilios),
            Claims = scene.Claims.All,
            Poison = refusals,
            GivenUpByHost = givenUpByHost,
            Held = deeds.Held,
            Unheard = deeds.Unheard,
            Left = deeds.Left,
            Decisions = deeds.Decisions,
            Resumptions = deeds.Resumptions,
            Erased = deeds.Erased.ToHashSet(StringComparer.Ordinal),
            OptedOut = await stored.OptOutsAsync(),
            Queues = await stored.QueuesAsync(),
            Replays = deeds.Replays,
            SegmentsPerSecond = options.Old is null ? RateOf(options) / scene.Twilios.Count : double.PositiveInfinity, // another build may not share it
            ReadAt = time.GetUtcNow(),
            Lags = scene.Lag.All,
            Ends = [.. deeds.Ends],
            Unanswered = [.. deeds.Unanswered],
            Told = scene.Taker?.Told,
        };
    }

    private ChaosReport Report(Evidence evidence, int twilioFaults, TimeSpan atRest, IReadOnlyList<string> violations) => new()
    {
        Seed = chances.Seed,
        Broadcasts = posted.Count,
        Recipients = posted.Sum(broadcast => broadcast.Numbers.Count),
        Sent = evidence.Messages.Count,
        Calls = evidence.Calls.Count,
        Kills = deeds.Kills,
        Freezes = deeds.Freezes,
        StorageFaults = scene.Faults.Made,
        TwilioFaults = twilioFaults,
        QueueFaults = deeds.QueueFaults,
        GivenUpByHost = evidence.GivenUpByHost,
        Held = deeds.Held.Count(held => held.To is null),
        OptOuts = deeds.Held.Count(held => held is { To: not null, Why: not Eraser.Erasure }),
        Replays = deeds.Replays,
        Told = evidence.Told?.Count ?? 0,
        Ends = deeds.Ends.Count,
        Outages = deeds.Outages,
        Erased = evidence.Erased.Count,
        FailedFirstParts = evidence.Broadcasts.Count(broadcast => broadcast.FirstPart?.Status == CanaryStatus.Failed),
        Unheard = deeds.Unheard.Count,
        OldStarts = deeds.Left.Count,
        Accounts = scene.Twilios.Count,
        Ambiguous = evidence.Ambiguous.Count,
        Unseen = evidence.Rows.Count(row => evidence.HistoryOf(row.Key) is null),
        WorstLag = evidence.WorstLag.TotalSeconds,
        AtRest = atRest.TotalSeconds,
        Violations = violations,
    };
}
