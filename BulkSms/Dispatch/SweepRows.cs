using System.Collections.Concurrent;
using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Sending;
using Microsoft.Extensions.Logging;

namespace BulkSms.Dispatch;

/// <summary>What a sweep does to the rows of one broadcast: what has expired, claims whose holder is gone, calls whose end is not known, poison messages that were not written.</summary>
public sealed partial class SweepRows(RecipientTable recipients, ContinueRecipient next, TimeProvider time, ILogger<SweepRows> logger)
{
    /// <summary>Rows of one kind that one sweep acts on in one shard; the rest is for the next.</summary>
    private const int Slice = 500;

    /// <summary>Rejected rows of a shard from which on it is remembered that all of them were filed.</summary>
    private const int ManyFiled = 100;

    /// <summary>More than the clocks of storage and an instance differ: with fifteen minutes storage refuses every call.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(20);

    /// <summary>Since when rejected rows of a shard may have no poison message, where many have theirs: who is rejected later has a row that was written later.</summary>
    private readonly ConcurrentDictionary<Shard, DateTimeOffset> filed = new();

    /// <summary>Where the last full slice ended, by shard and status: rows that cannot be helped today must not keep the next from their turn.</summary>
    private readonly ConcurrentDictionary<(Shard Shard, string Status), string> reached = new();

    /// <summary>Goes through the rows that are open, or refused and not filed. A row that fails is told in the log and keeps no other waiting.</summary>
    public async Task RunAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var shard in Shard.Of(broadcast.Id, broadcast.Shards))
        {
            if (broadcast.ExpiresAt <= now)
            {
                await EachAsync(broadcast, shard, RecipientStatus.Pending, cancellation); // each by its own time: one that was replayed lives on after its broadcast's
            }

            await EachAsync(broadcast, shard, RecipientStatus.Sending, cancellation);
            await EachAsync(broadcast, shard, RecipientStatus.Unconfirmed, cancellation);
            await RejectedAsync(broadcast, shard, now, cancellation);
            if (broadcast.CreatedAt < now - NextSteps.CloseAfter)
            {
                await EachAsync(broadcast, shard, RecipientStatus.Submitted, cancellation);
            }
        }
    }

    // By the row as it is now; its age is told by storage's clock, where an age counts.
    private async Task OneAsync(Broadcast broadcast, Recipient row, CancellationToken cancellation)
    {
        var reading = row.Status is RecipientStatus.Sending or RecipientStatus.Rejected ? await recipients.ReadAsync(row.Key, cancellation) : new(row, row.Timestamp);
        if (reading is not null)
        {
            await next.HandleAsync(broadcast, reading, cancellation);
        }
    }

    // Those that were filed long ago are not read again: there may be very many of them.
    private async Task RejectedAsync(Broadcast broadcast, Shard shard, DateTimeOffset now, CancellationToken cancellation)
    {
        var (isWhole, seen) = (!reached.ContainsKey((shard, RecipientStatus.Rejected)), 0);
        DateTimeOffset? since = filed.TryGetValue(shard, out var known) ? known : null;
        var found = await EachAsync(broadcast, shard, RecipientStatus.Rejected, cancellation, since, row =>
        {
            seen++;
            return row.PoisonedAt is null;
        });
        if (isWhole && found == 0 && (since is not null || seen >= ManyFiled))
        {
            filed[shard] = now - ClocksDiffer;
        }
    }

    private async Task<int> EachAsync(
        Broadcast broadcast, Shard shard, string status, CancellationToken cancellation, DateTimeOffset? changedSince = null, Func<Recipient, bool>? isMeant = null)
    {
        var rows = await recipients.Rows(shard, new([status]), reached.GetValueOrDefault((shard, status)), cancellation, changedSince: changedSince)
            .Where(row => isMeant?.Invoke(row) ?? true)
            .Take(Slice)
            .ToListAsync(cancellation);
        if (rows.Count == Slice)
        {
            reached[(shard, status)] = rows[^1].Key.Id;
        }
        else
        {
            reached.TryRemove((shard, status), out _); // the next sweep begins at the beginning
        }

        await Parallel.ForEachAsync(
            rows, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation }, async (row, stop) =>
            {
                try
                {
                    await OneAsync(broadcast, row, stop);
                }
                catch (Exception e) when (!stop.IsCancellationRequested)
                {
                    Log.RowFailed(logger, shard.BroadcastId, row.Key.Id, e.GetType().Name); // the others are not kept waiting for it
                }
            });
        return rows.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2901, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: its sweep failed ({Fault}); the next one tries again")]
        public static partial void RowFailed(ILogger logger, string broadcastId, string recipientKey, string fault);
    }
}
