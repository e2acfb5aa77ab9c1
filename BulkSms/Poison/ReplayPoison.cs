using System.Collections.Concurrent;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.SendingControl;
using Microsoft.Extensions.Options;

namespace BulkSms.Poison;

/// <summary>What came of replaying one entry.</summary>
public enum ReplayOutcome
{
    /// <summary>Its recipient waits again and has a send job.</summary>
    Replayed,

    /// <summary>It holds no verdict of ours: a message that the host gave up, or that could not be read.</summary>
    NotReplayable,

    /// <summary>Its recipient has been sent a message, or is about to be, or failed again since: a later entry says how.</summary>
    MovedOn,

    /// <summary>Its recipient has opted out.</summary>
    OptedOut,

    /// <summary>Its broadcast was canceled.</summary>
    Canceled,

    /// <summary>Its recipient or broadcast is gone.</summary>
    Gone,
}

/// <summary>Puts rejected recipients back to work, by the broadcast: what stops it is taken away and it is kept open first, then each entry has its turn (<see cref="ReplayEntry"/>).</summary>
public sealed class ReplayPoison(
    ReplayEntry entries, BroadcastStore broadcasts, ClosedBroadcasts closed, ControlTable control, IOptions<BroadcastOptions> options, TimeProvider time)
{
    private const int Concurrency = 16;

    /// <summary>Replays entries, of any broadcasts; tells what came of each, in no order.</summary>
    public async Task<IReadOnlyCollection<(PoisonEntry Entry, ReplayOutcome Outcome)>> RunAsync(IEnumerable<PoisonEntry> wanted, WorkDone done, CancellationToken cancellation)
    {
        var held = await control.ReadAsync(cancellation);
        var results = new ConcurrentBag<(PoisonEntry, ReplayOutcome)>();
        foreach (var group in wanted.GroupBy(entry => entry.Recipient is null || entry.ClaimId is null ? null : entry.BroadcastId))
        {
            var refusal = group.Key is null ? ReplayOutcome.NotReplayable : await RefusalAsync(group.Key, held, cancellation);
            if (refusal is { } all)
            {
                Array.ForEach(group.ToArray(), entry => results.Add((entry, all)));
                continue;
            }

            done.Begin();
            await control.StartCountriesAsync(group.Key!, held, cancellation); // a replay says that what stopped them is fixed, or finds out for the price of a few calls
            using var opened = new OpenedBroadcast(group.Key!, closed, options.Value.ReplayKeepsOpen, time);
            await Parallel.ForEachAsync(group, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation }, async (entry, stop) =>
            {
                var outcome = await entries.RunAsync(entry, opened, stop);
                results.Add((entry, outcome));
                done.Count(outcome is ReplayOutcome.Replayed ? "replayed" : "skipped", 1);
            });
        }

        return results;
    }

    private async Task<ReplayOutcome?> RefusalAsync(string broadcastId, ControlSet held, CancellationToken cancellation) =>
        await broadcasts.FindAsync(broadcastId, cancellation) switch
        {
            null or { ErasedAt: not null } => ReplayOutcome.Gone,
            var broadcast => held.IsCanceled(broadcastId, broadcast.IsCanceled) ? ReplayOutcome.Canceled : null,
        };
}
