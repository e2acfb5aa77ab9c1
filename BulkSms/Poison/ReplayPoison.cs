using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using Microsoft.Extensions.Options;

namespace BulkSms.Poison;

/// <summary>What came of replaying one entry.</summary>
public enum ReplayOutcome
{
    /// <summary>Its recipient waits again and is nudged.</summary>
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

/// <summary>
/// Puts rejected recipients back to work: the state first, then the row, then the nudge. Only a row that is still in the very state of which the entry
/// tells, by its claim id, and that never got a message id is taken; so replaying twice, or two at once, is one replay.
/// </summary>
public sealed class ReplayPoison(
    PoisonTable table,
    RecipientTable recipients,
    BroadcastStore broadcasts,
    ClosedBroadcasts closed,
    ControlTable holds,
    ControlCache watch,
    EnqueueSendJobs nudge,
    IOptions<BroadcastOptions> options,
    TimeProvider time)
{
    private const int Concurrency = 16;

    /// <summary>Replays entries, of any broadcasts; tells what came of each, in no order.</summary>
    public async Task<IReadOnlyCollection<(PoisonEntry Entry, ReplayOutcome Outcome)>> RunAsync(IEnumerable<PoisonEntry> entries, CancellationToken cancellation)
    {
        var held = await holds.ReadAsync(cancellation);
        var results = new System.Collections.Concurrent.ConcurrentBag<(PoisonEntry, ReplayOutcome)>();
        foreach (var group in entries.GroupBy(entry => entry.Recipient is null || entry.ClaimId is null ? null : entry.BroadcastId))
        {
            var refusal = group.Key is null ? ReplayOutcome.NotReplayable : await RefusalAsync(group.Key, held, cancellation);
            if (refusal is { } all)
            {
                Array.ForEach(group.ToArray(), entry => results.Add((entry, all)));
                continue;
            }

            await holds.StartCountriesAsync(group.Key!, held, cancellation); // who replays has mended what stopped them, or finds out for the price of a few calls
            watch.Invalidate();
            using var opened = new Opened(group.Key!, closed, options.Value.ReplayKeepsOpen, time);
            await Parallel.ForEachAsync(
                group, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation },
                async (entry, stop) => results.Add((entry, await OneAsync(entry, opened, stop))));
        }

        return results;
    }

    private async Task<ReplayOutcome?> RefusalAsync(string broadcastId, ControlSet held, CancellationToken cancellation) =>
        await broadcasts.FindAsync(broadcastId, cancellation) switch
        {
            null or { ErasedAt: not null } => ReplayOutcome.Gone,
            { IsCanceled: true } => ReplayOutcome.Canceled,
            _ => held.Of(broadcastId) is ControlKind.Canceled ? ReplayOutcome.Canceled : null,
        };

    private async Task<ReplayOutcome> OneAsync(PoisonEntry entry, Opened opened, CancellationToken cancellation)
    {
        if (await recipients.ReadAsync(entry.Recipient!.Value, cancellation) is not { Row: var row })
        {
            return ReplayOutcome.Gone;
        }

        if (row.ClaimId != entry.ClaimId || !string.IsNullOrEmpty(row.Sid) || !string.IsNullOrEmpty(row.OtherSids))
        {
            return row.Status == RecipientStatus.OptedOut ? ReplayOutcome.OptedOut : ReplayOutcome.MovedOn;
        }

        if (row.Status is not (RecipientStatus.Rejected or RecipientStatus.Pending))
        {
            return ReplayOutcome.MovedOn;
        }

        if (await opened.GetAsync(cancellation) is not { IsCanceled: false } broadcast)
        {
            return opened.IsGone ? ReplayOutcome.Gone : ReplayOutcome.Canceled;
        }

        return row.Status switch
        {
            RecipientStatus.Rejected => await WaitAgainAsync(entry, row, broadcast, cancellation),
            _ => await NudgeAsync(entry, row, broadcast, cancellation), // replayed before, by somebody who died or is a step ahead
        };
    }

    private async Task<ReplayOutcome> WaitAgainAsync(PoisonEntry entry, Recipient row, Broadcast broadcast, CancellationToken cancellation)
    {
        var replayed = new RecipientEvent.Replayed(entry.ClaimId!, time.GetUtcNow() + options.Value.ExpireAfter);
        await recipients.TryApplyAsync(row, replayed, cancellation);
        return await recipients.ReadAsync(row.Key, cancellation) is { Row: var now } && replayed.IsIn(now)
            ? await NudgeAsync(entry, now, broadcast, cancellation)
            : ReplayOutcome.MovedOn;
    }

    private async Task<ReplayOutcome> NudgeAsync(PoisonEntry entry, Recipient row, Broadcast broadcast, CancellationToken cancellation)
    {
        if (!await nudge.OneAsync(SendJob.For(broadcast, row), cancellation))
        {
            return ReplayOutcome.OptedOut;
        }

        await table.MarkReplayedAsync(entry.Id, cancellation);
        return ReplayOutcome.Replayed;
    }

    /// <summary>
    /// The broadcast of the entries, kept from being completed meanwhile: whoever completes it counts first, and must not have counted before the rows
    /// here are pending again.
    /// </summary>
    private sealed class Opened(string broadcastId, ClosedBroadcasts closed, TimeSpan keptOpen, TimeProvider time) : IDisposable
    {
        private readonly SemaphoreSlim one = new(1);
        private Broadcast? broadcast;
        private long openedAt;

        /// <summary>Gone or erased, as it was seen last.</summary>
        public bool IsGone => broadcast is null;

        /// <summary>Afterwards a row may be changed at once. Null when the broadcast is gone.</summary>
        public async Task<Broadcast?> GetAsync(CancellationToken cancellation)
        {
            await one.WaitAsync(cancellation);
            try
            {
                if (openedAt == 0 || time.GetElapsedTime(openedAt) > keptOpen / 4)
                {
                    var begun = time.GetTimestamp();
                    broadcast = await closed.OpenAsync(broadcastId, cancellation);
                    openedAt = begun; // only now: a try that failed kept nothing open
                }

                return broadcast;
            }
            finally
            {
                one.Release();
            }
        }

        public void Dispose() => one.Dispose();
    }
}
