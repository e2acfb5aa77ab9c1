using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Common;
using BulkSms.Retention;
using BulkSms.Security;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>
/// Accepts a request as a whole or not at all, in this order: a repeat under a key is answered first; then times, price and the same text to the same list, the caller's limits, the key, and the commit. A repeat does not
/// depend on any check that time changes: a lost answer must not become a refusal that makes the caller try under a new key. What was reserved of the limits with a key stays the key's: its repeats reserve nothing.
/// </summary>
public sealed class AcceptBroadcast(
    IdempotencyStore keys, RepeatBroadcast repeats, CheckBroadcast check, ReserveUsage usage, CommitBroadcast commit, IOptions<BroadcastOptions> options, IOptions<RetentionOptions> retention, TimeProvider time)
{
    private const int LooksForKey = 5;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(400);

    /// <summary>Part of <see cref="BroadcastOptions.UncommittedAfter"/>. A request that has not begun its commit by then, after it has taken its key, does not commit any more; the rest is more than the longest commit.</summary>
    private const double CommitWithin = 0.4;

    /// <summary>
    /// Accepts all of it or nothing. There is no cancellation: a caller who hangs up after the commit point still gets every message sent. With a
    /// key, a repeat adopts the first request's id, so that it also finishes what died half-way.
    /// </summary>
    public async Task<Acceptance> AcceptAsync(BroadcastRequest request, IdempotencyKey? key, Caller caller, string requestId)
    {
        var known = new Deadline(time, retention.Value.TrustedFor());
        var now = time.GetUtcNow();
        var digest = key is null ? "" : RequestDigest.Of(request);
        var before = key is null ? null : await keys.FindAsync(key);
        if (before is not null && await repeats.AnswerAsync(before, digest, now, known) is { } answer)
        {
            return answer;
        }

        var account = await commit.AccountAsync(request);
        var timed = await check.AtAsync(request, now);
        if (await check.RefuseAsync(request, timed, key) is { } refusal)
        {
            // The request that took the key may be at its commit still: to refuse its repeat would invite another under a new key.
            return before is null || before.Age >= options.Value.UncommittedAfter ? refusal : new(CommitResult.Unknown, commit.New(request, timed, before, account, now));
        }

        var approval = await check.ApprovalOfAsync(request, timed); // nothing between the reservation and the commit may fail but the key
        var (reserved, over) = before is null ? await usage.TakeAsync(request, timed, caller) : (null, null);
        if (over is not null)
        {
            before = key is null || over.Result is CommitResult.NeverWithinLimit ? null : await TakenMeanwhileAsync(key);
            if (before is null)
            {
                return over; // before the key is taken: it stays free
            }
        }

        var mayCommit = new Deadline(time, CommitWithin * options.Value.UncommittedAfter);
        var wanted = new Reservation(BroadcastId.New(now, request.Terms.IsTest), now, digest);
        var first = key is null ? wanted : before ?? await keys.ReserveAsync(key, wanted);
        var isRepeat = first.BroadcastId != wanted.BroadcastId;
        if (isRepeat && await repeats.AnswerAsync(first, digest, now, known) is { } taken)
        {
            await ReserveUsage.ConcludeAsync(reserved, taken.Result, isRepeat, hasKey: true);
            return taken;
        }

        // Nothing was committed under the key: its id is adopted, and the times are today's.
        var broadcast = By(caller, requestId, commit.New(request, timed, first, account, now)) with { IdempotencyRow = key?.RowKey, Approval = approval };
        var committed = await commit.RunAsync(broadcast, mayCommit, known, CheckBroadcast.MustBeFirst(request, timed, key));
        await ReserveUsage.ConcludeAsync(reserved, committed.Result, isRepeat, key is not null);

        // The first request may be still at it, or have died before its commit: either way this is the answer to a repeat.
        return isRepeat && committed.Result is CommitResult.Committed ? committed with { Result = CommitResult.Replayed } : committed;
    }

    private static Broadcast By(Caller caller, string requestId, Broadcast broadcast) => broadcast with { CreatedBy = caller.Name, CreatedById = caller.Id, RequestId = requestId };

    // The same request may have come twice at once, and the other have used up the limit: it takes the key right after. To call that "nothing was accepted" would invite another.
    private async Task<Reservation?> TakenMeanwhileAsync(IdempotencyKey key)
    {
        for (var look = 1; ; look++)
        {
            var taken = await keys.FindAsync(key);
            if (taken is not null || look == LooksForKey)
            {
                return taken;
            }

            await Task.Delay(BetweenLooks, time);
        }
    }
}
