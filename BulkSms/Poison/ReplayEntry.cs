using BulkSms.Broadcasts;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.Poison;

/// <summary>
/// Puts the recipient of one entry back to work: the state first, then the row, then the send job. Only a row that is still in the very state of which the entry
/// tells, by its claim id, and that never got a message id is taken; so replaying twice, or two at once, is one replay.
/// </summary>
public sealed class ReplayEntry(PoisonTable table, RecipientTable recipients, EnqueueSendJobs enqueue, IOptions<BroadcastOptions> options, TimeProvider time)
{
    private const int Tries = 5;

    /// <summary>Replays the entry.</summary>
    public async Task<ReplayOutcome> RunAsync(PoisonEntry entry, OpenedBroadcast opened, CancellationToken cancellation)
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
            _ => await EnqueueAsync(entry, row, broadcast, cancellation), // replayed before, by a request that died or is a step ahead
        };
    }

    private async Task<ReplayOutcome> WaitAgainAsync(PoisonEntry entry, Recipient row, Broadcast broadcast, CancellationToken cancellation)
    {
        var replayed = new RecipientEvent.Replayed(entry.ClaimId!, time.GetUtcNow() + options.Value.ExpireAfter);
        for (var i = 0; i < Tries && RecipientState.After(row, replayed) is { } transition; i++)
        {
            await recipients.TryWriteAsync(transition, cancellation);
            if (await recipients.ReadAsync(row.Key, cancellation) is not { Row: var now })
            {
                return ReplayOutcome.Gone;
            }

            if (replayed.IsIn(now))
            {
                return await EnqueueAsync(entry, now, broadcast, cancellation);
            }

            row = now; // only what is told of it may have been noted meanwhile
        }

        return ReplayOutcome.MovedOn;
    }

    private async Task<ReplayOutcome> EnqueueAsync(PoisonEntry entry, Recipient row, Broadcast broadcast, CancellationToken cancellation)
    {
        if (!await enqueue.OneAsync(SendJob.For(broadcast, row), cancellation))
        {
            return ReplayOutcome.OptedOut;
        }

        await table.MarkReplayedAsync(entry.Id, cancellation);
        return ReplayOutcome.Replayed;
    }
}
