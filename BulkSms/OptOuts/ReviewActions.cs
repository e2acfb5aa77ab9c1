using BulkSms.Common;

namespace BulkSms.OptOuts;

/// <summary>What came of a decision.</summary>
public enum ReviewOutcome
{
    Done,

    /// <summary>The phone is not on the review list.</summary>
    NotInReview,

    /// <summary>A text has come that the person who decided has not read.</summary>
    Changed,

    /// <summary>There is no opt-out of an operator that it could take back.</summary>
    NothingToTakeBack,
}

/// <summary>Holds, and lets go, what waits for phones on the review list; and does what a person has decided.</summary>
public sealed class ReviewActions(ReviewList review, OptOutList list, OptOutCache cache, ChangeOptOuts change, ReviewHolds holds, ReleaseHolds release, TextTimes times)
{
    /// <summary>Holds what waits for a phone that is on the review list.</summary>
    public async Task HoldAsync(string phone, CancellationToken cancellation)
    {
        await holds.InEveryBroadcastAsync([phone], cancellation);
        await cache.ReadAsync();
    }

    /// <summary>Takes a phone off the review list, if it is there, and lets go what was held for it; what has opted out by now is stopped instead.</summary>
    /// <returns>How many messages wait for their turn again.</returns>
    public async Task<int> EndAsync(string phone, CancellationToken cancellation)
    {
        if (await review.FindAsync(phone, cancellation) is { } found)
        {
            await review.TryRemoveAsync(found, cancellation); // what has come meanwhile stays, and holds
        }

        await cache.ReadAsync();
        return await release.InEveryBroadcastAsync([phone], cancellation);
    }

    /// <summary>Does what a person has decided: the list first, then the entry, then the rows. A repeat finishes what was interrupted.</summary>
    /// <param name="phone">Whose.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="lastSid">The last text that was read; null: whichever.</param>
    /// <param name="done">Is told what is done.</param>
    public async Task<(ReviewOutcome Outcome, int Stopped, int Requeued)> DecideAsync(string phone, ReviewDecision decision, string? lastSid, WorkDone done)
    {
        if (await review.FindAsync(phone, CancellationToken.None) is not { } found)
        {
            done.Begin();
            var requeued = await EndAsync(phone, CancellationToken.None);
            return (requeued > 0 ? ReviewOutcome.Done : ReviewOutcome.NotInReview, 0, requeued);
        }

        var last = found.Entry.Messages is [.., var message] ? message : null;
        if (lastSid is not null && last?.Sid != lastSid)
        {
            return (ReviewOutcome.Changed, 0, 0);
        }

        var stopped = 0;
        if (decision == ReviewDecision.OptOut && await list.FindAsync(phone, CancellationToken.None) is null)
        {
            (_, stopped) = await change.AddAsync([phone], OptOutSource.Review, done);
        }
        else if (decision == ReviewDecision.OptIn)
        {
            if (found.Entry.Reason != ReviewReason.Start)
            {
                return (ReviewOutcome.NothingToTakeBack, 0, 0);
            }

            // A STOP that came after the START is in force, whether its handling has come to an end or not.
            var known = await list.FindEntryAsync(phone, CancellationToken.None);
            if ((last is not null && await times.HasStopSinceAsync(phone, last.At, CancellationToken.None))
                || (known is not null && !await change.RemoveAsync(phone, done, known.ETag)))
            {
                return (ReviewOutcome.Changed, 0, 0);
            }
        }

        done.Begin();
        return await review.TryRemoveAsync(found, CancellationToken.None)
            ? (ReviewOutcome.Done, stopped, await EndAsync(phone, CancellationToken.None))
            : (ReviewOutcome.Changed, stopped, 0);
    }
}

/// <summary>What a person decides on an entry of the review list.</summary>
public enum ReviewDecision
{
    /// <summary>It was an opt-out: nothing is sent to the phone.</summary>
    OptOut,

    /// <summary>It was none: the list stays as it is, and what was held is sent.</summary>
    Dismiss,

    /// <summary>The START counts: the phone is taken off the list.</summary>
    OptIn,
}
