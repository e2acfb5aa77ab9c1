using BulkSms.Broadcasts;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention;

/// <summary>Forgets texts of more than a day ago, idempotency keys, and the digests of requests that cannot be repeated any more. A key lives as long as its broadcast, and as long as it may be repeated: without it a repeat would be a second broadcast.</summary>
public sealed class ForgetKeys(BroadcastStore store, IdempotencyStore keys, RecentTexts texts, IOptions<RetentionOptions> options, IOptions<BroadcastOptions> broadcasts)
{
    /// <summary>Texts that one run forgets: more than are accepted in an hour.</summary>
    private const int MostTexts = 50_000;

    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);

    /// <summary>Forgets those that are too old, as many as one sweep may.</summary>
    /// <returns>How many keys are forgotten, and how many digests of others.</returns>
    public async Task<(int Keys, int Digests)> RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await texts.ForgetBeforeAsync(now - RecentTexts.KeptFor, MostTexts, cancellation);
        var forgotten = 0;
        await foreach (var (key, id) in keys.ListBeforeAsync(now - LiveFor, cancellation).WithCancellation(cancellation))
        {
            if (await store.FindAsync(id, cancellation) is null or { ErasedAt: not null })
            {
                await keys.DeleteAsync(key, cancellation);
                if (++forgotten == PurgeOld.Slice)
                {
                    break;
                }
            }
        }

        return (forgotten, await keys.ForgetDigestsAsync(now - broadcasts.Value.IdempotencyKeyLifetime - ClocksDiffer, PurgeOld.Slice, cancellation));
    }

    private TimeSpan LiveFor =>
        TimeSpan.FromDays(options.Value.Days) is var kept && kept > broadcasts.Value.IdempotencyKeyLifetime ? kept : broadcasts.Value.IdempotencyKeyLifetime;
}
