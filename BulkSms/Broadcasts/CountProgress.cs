using System.Collections.Concurrent;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts;

/// <summary>
/// How far a broadcast has come, for those who ask: of a small one counted anew, of a large one as it was counted last. A large one is counted in the background, for a part of the time only, and
/// no answer waits for it longer than a moment.
/// </summary>
public sealed class CountProgress(RecipientTable recipients, KeptCounts kept, IOptions<BroadcastOptions> options, TimeProvider time)
{
    /// <summary>How long an answer waits for a count that is under way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <summary>Time between two counts of one broadcast, at least.</summary>
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(5);

    /// <summary>So many times as long as a count has taken is the time to the next: an instance spends at most a tenth of its time on it.</summary>
    private const int PausePerCount = 10;

    /// <summary>Shards that are counted at a time: the instance has other things to do.</summary>
    private const int ShardsAtOnce = 2;

    /// <summary>Broadcasts whose counts are held; with more of them the oldest are read from storage again.</summary>
    private const int MostHeld = 100;

    private readonly ConcurrentDictionary<string, KeptCount> latest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<KeptCount>>> running = new(StringComparer.Ordinal);

    /// <summary>How far it has come. A completed one says it itself.</summary>
    public async Task<BroadcastProgress> OfAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (broadcast.Totals is { } totals)
        {
            latest.TryRemove(broadcast.Id, out _);
            return totals;
        }

        if (broadcast.RecipientsCount <= options.Value.CountWhenAskedUpTo)
        {
            return await BroadcastProgress.CountBilledAsync(recipients, broadcast, now, cancellation);
        }

        var last = await LastAsync(broadcast, now, cancellation);
        if (last is not null && now - last.At < PauseAfter(last))
        {
            return last.Progress;
        }

        var counting = running.GetOrAdd(broadcast.Id, _ => new(() => CountAsync(broadcast))).Value;
        var wait = last is null && broadcast.OpenUntil is not null ? Timeout.InfiniteTimeSpan : Patience; // it was completed before: nothing is known of how far it has come
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(counting, Task.Delay(wait, time, answered.Token));
        await answered.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        return counting.IsCompleted ? (await counting).Progress : last?.Progress ?? AtFirst(broadcast);
    }

    /// <summary>Forgets what was counted, since it is completed, or erased.</summary>
    public async Task ForgetAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        if (broadcast.RecipientsCount > options.Value.CountWhenAskedUpTo)
        {
            latest.TryRemove(broadcast.Id, out _);
            await kept.DeleteAsync(broadcast.Id, cancellation);
        }
    }

    private static TimeSpan PauseAfter(KeptCount count) => count.Took * PausePerCount is var pause && pause > LeastPause ? pause : LeastPause;

    // Of the time when it was accepted: then all had to be sent to.
    private static BroadcastProgress AtFirst(Broadcast broadcast) => new(
        broadcast.FannedOut == 0 ? new Dictionary<string, int>() : new Dictionary<string, int> { [RecipientStatus.Pending] = broadcast.FannedOut }, new Dictionary<int, int>(), 0, null, null, 0, [])
    {
        CountedAt = broadcast.CreatedAt,
    };

    // Another instance may have counted since.
    private async Task<KeptCount?> LastAsync(Broadcast broadcast, DateTimeOffset now, CancellationToken cancellation)
    {
        var own = latest.GetValueOrDefault(broadcast.Id);
        if (own is not null && now - own.At < PauseAfter(own))
        {
            return own;
        }

        return await kept.FindAsync(broadcast.Id, cancellation) is { } stored && !(own?.At >= stored.At) ? Hold(broadcast.Id, stored) : own;
    }

    private async Task<KeptCount> CountAsync(Broadcast broadcast)
    {
        try
        {
            var (at, begun) = (time.GetUtcNow(), time.GetTimestamp());
            var progress = await BroadcastProgress.CountBilledAsync(recipients, broadcast, at, CancellationToken.None, ShardsAtOnce);
            var count = Hold(broadcast.Id, new(at, time.GetElapsedTime(begun), progress with { CountedAt = at }));
            await kept.SaveAsync(broadcast.Id, count, CancellationToken.None);
            return count;
        }
        finally
        {
            running.TryRemove(broadcast.Id, out _);
        }
    }

    private KeptCount Hold(string broadcastId, KeptCount count)
    {
        if (latest.Count >= MostHeld)
        {
            latest.Clear();
        }

        return latest[broadcastId] = count;
    }
}
