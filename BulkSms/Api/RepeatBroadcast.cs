using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Common;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>Answers the repeat of a request under its <c>Idempotency-Key</c>: as the first was answered, whatever the time, the limits and the prices are by now.</summary>
public sealed class RepeatBroadcast(BroadcastStore store, StartFanOut start, IOptions<BroadcastOptions> options)
{
    /// <summary>The answer to a repeat; it also finishes what the first request left undone.</summary>
    /// <param name="first">What the first request reserved.</param>
    /// <param name="digest">The digest of this request.</param>
    /// <param name="now">The time.</param>
    /// <param name="known">Until when what was read of the opt-outs is recent enough.</param>
    /// <returns>Null: nothing is committed under the key.</returns>
    public async Task<Acceptance?> AnswerAsync(Reservation first, string digest, DateTimeOffset now, Deadline known)
    {
        if (first.Digest.Length > 0 && first.Digest != digest) // none: its broadcast is erased, and the key alone tells
        {
            return new(CommitResult.KeyReused);
        }

        if (now - first.CreatedAt > options.Value.IdempotencyKeyLifetime)
        {
            return new(CommitResult.KeyExpired);
        }

        if (await store.FindAsync(first.BroadcastId, CancellationToken.None) is not { } there)
        {
            return null;
        }

        if (there is { FannedOutAt: null } and not { CanaryResult.Status: CanaryStatus.Failed }) // what has paused itself so goes on when it is resumed
        {
            await start.RunAsync(there, known); // the first request may still be at it, or be dead
        }

        return new(CommitResult.Replayed, there);
    }
}
