using BulkSms.Broadcasts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention;

/// <summary>
/// Erases what is older than it may be, so many broadcasts a sweep: those that a request began to erase first, then the old ones. What is old is looked for once an
/// hour, since that reads through all broadcasts.
/// </summary>
public sealed partial class PurgeOld(
    EraseListed erase, ForgetKeys keys, TrimTables tables, BroadcastStore store, IOptions<RetentionOptions> options, TimeProvider time, ILogger<PurgeOld> logger)
{
    /// <summary>Broadcasts, and idempotency keys, that one sweep erases.</summary>
    internal const int Slice = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private static readonly TimeSpan ListsPause = TimeSpan.FromDays(1);
    private DateTimeOffset nextLook = DateTimeOffset.MinValue;
    private DateTimeOffset nextLists = DateTimeOffset.MinValue;

    /// <summary>One slice. It may be interrupted anywhere: the next one goes on.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var erased = await erase.BegunAsync(cancellation);
        var now = time.GetUtcNow();
        if (now < nextLook)
        {
            return;
        }

        var before = now - TimeSpan.FromDays(options.Value.Days);
        erased += await erase.CompletedBeforeAsync(before, cancellation);
        var (forgotten, digests) = await keys.RunAsync(now, cancellation);
        await tables.RunAsync(now, before, cancellation);
        if (now >= nextLists)
        {
            await store.DeleteOrphanedListsAsync(ListsPause, cancellation);
            nextLists = now + ListsPause;
        }

        nextLook = erased < Slice && forgotten < Slice && digests < Slice ? now + Pause : now; // there is more
        Log.Purged(logger, erased, forgotten);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2802, Level = LogLevel.Information, Message = "Looked for what is too old: {Broadcasts} broadcasts erased, {Keys} idempotency keys forgotten")]
        public static partial void Purged(ILogger logger, int broadcasts, int keys);
    }
}
