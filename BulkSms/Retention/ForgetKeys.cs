using BulkSms.Broadcasts;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention;

/// <summary>Forgets idempotency keys. A key lives as long as its broadcast, and as long as it may be repeated: without it a repeat would be a second broadcast.</summary>
public sealed class ForgetKeys(BroadcastStore store, IdempotencyStore keys, IOptions<RetentionOptions> options, IOptions<BroadcastOptions> broadcasts)
{
    /// <summary>Forgets those that are too old, as many as one sweep may.</summary>
    /// <returns>How many are forgotten.</returns>
    public async Task<int> RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
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

        return forgotten;
    }

    private TimeSpan LiveFor =>
        TimeSpan.FromDays(options.Value.Days) is var kept && kept > broadcasts.Value.IdempotencyKeyLifetime ? kept : broadcasts.Value.IdempotencyKeyLifetime;
}
