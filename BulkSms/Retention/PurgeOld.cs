using BulkSms.Broadcasts;
using BulkSms.OptOuts;
using BulkSms.Poison;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention;

/// <summary>
/// Erases what is older than it may be, so many broadcasts a sweep: those that somebody began to erase first, then the old ones. What is old is looked for once an
/// hour, since that reads through all broadcasts.
/// </summary>
public sealed partial class PurgeOld(
    BroadcastStore store,
    ClosedBroadcasts closed,
    IdempotencyStore keys,
    OptOutList optOuts,
    PoisonTable poison,
    EraseBroadcast erase,
    IOptions<RetentionOptions> options,
    IOptions<BroadcastOptions> broadcasts,
    TimeProvider time,
    ILogger<PurgeOld> logger)
{
    /// <summary>Broadcasts, and idempotency keys, that one sweep erases.</summary>
    private const int Slice = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private static readonly TimeSpan ListsPause = TimeSpan.FromDays(1);
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);
    private DateTimeOffset nextLook = DateTimeOffset.MinValue;
    private DateTimeOffset nextLists = DateTimeOffset.MinValue;

    /// <summary>One slice. It may be interrupted anywhere: the next one goes on.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var erased = await EraseAllAsync(closed.ListErasingAsync(cancellation), cancellation);
        var now = time.GetUtcNow();
        if (now < nextLook)
        {
            return;
        }

        var before = now - TimeSpan.FromDays(options.Value.Days);
        erased += await EraseAllAsync(closed.ListCompletedBeforeAsync(before, cancellation), cancellation);
        var forgotten = await ForgetKeysAsync(now - KeysLiveFor, cancellation);
        var digests = await keys.ForgetDigestsAsync(now - broadcasts.Value.IdempotencyKeyLifetime - ClocksDiffer, Slice, cancellation);
        await poison.DeleteUnreadBeforeAsync(before, cancellation);
        await optOuts.TrimLogAsync(now - OptOutList.LogKeptFor, cancellation);
        if (now >= nextLists)
        {
            await store.DeleteOrphanedListsAsync(now - ListsPause, cancellation);
            nextLists = now + ListsPause;
        }

        await optOuts.TrimHandledAsync(now - OptOutList.HandledKeptFor, cancellation);
        nextLook = erased < Slice && forgotten < Slice && digests < Slice ? now + Pause : now; // there is more
        Log.Purged(logger, erased, forgotten);
    }

    private async Task<int> EraseAllAsync(IAsyncEnumerable<string> ids, CancellationToken cancellation)
    {
        var erased = 0;
        await foreach (var id in ids.Take(Slice).WithCancellation(cancellation))
        {
            if (await store.FindAsync(id, cancellation) is { } broadcast && await erase.RunAsync(broadcast, cancellation))
            {
                erased++;
            }
        }

        return erased;
    }

    private TimeSpan KeysLiveFor =>
        TimeSpan.FromDays(options.Value.Days) is var kept && kept > broadcasts.Value.IdempotencyKeyLifetime ? kept : broadcasts.Value.IdempotencyKeyLifetime;

    // A key lives as long as its broadcast, and as long as it may be repeated: without it a repeat would be a second broadcast.
    private async Task<int> ForgetKeysAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var forgotten = 0;
        await foreach (var (key, id) in keys.ListBeforeAsync(before, cancellation).WithCancellation(cancellation))
        {
            if (await store.FindAsync(id, cancellation) is null or { ErasedAt: not null })
            {
                await keys.DeleteAsync(key, cancellation);
                if (++forgotten == Slice)
                {
                    break;
                }
            }
        }

        return forgotten;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2802, Level = LogLevel.Information, Message = "Looked for what is too old: {Broadcasts} broadcasts erased, {Keys} idempotency keys forgotten")]
        public static partial void Purged(ILogger logger, int broadcasts, int keys);
    }
}
