using System.Collections.Concurrent;
using Azure.Data.Tables;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Sending;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Dispatch;

/// <summary>What a sweep does to the rows of one broadcast: what has expired, claims whose holder is gone, calls that nobody knows the end of, poison messages that were not written.</summary>
public sealed partial class SweepRows(
    RecipientTable recipients, ClaimLedger ledger, ReconcileUnconfirmed prove, WritePoison poison, IOptions<SendingOptions> sending, TimeProvider time, ILogger<SweepRows> logger)
{
    /// <summary>Rows of one kind that one sweep acts on in one shard; the rest is for the next.</summary>
    private const int Slice = 500;

    /// <summary>Where the last full slice ended, by shard and status: rows that cannot be helped today must not keep the next from their turn.</summary>
    private readonly ConcurrentDictionary<(Shard Shard, string Status), string> reached = new();

    /// <summary>Goes through the rows that are open, or refused and not filed. A row that fails is told in the log and keeps no other waiting.</summary>
    public async Task RunAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        foreach (var shard in Shard.Of(broadcast.Id, broadcast.Shards))
        {
            if (broadcast.ExpiresAt <= time.GetUtcNow())
            {
                await EachAsync(shard, RecipientStatus.Pending, ExpireIfDueAsync, cancellation);
            }

            await EachAsync(shard, RecipientStatus.Sending, ExpireIfStaleAsync, cancellation);
            await EachAsync(shard, RecipientStatus.Unconfirmed, (row, stop) => prove.LookAsync(broadcast, row.Key, stop), cancellation);
            await EachAsync(shard, RecipientStatus.Rejected, (row, stop) => PoisonIfMissingAsync(broadcast, row, stop), cancellation);
            if (broadcast.CreatedAt < time.GetUtcNow() - Sweeper.GiveUpAfter)
            {
                await EachAsync(shard, RecipientStatus.Submitted, CloseIfOldAsync, cancellation);
            }
        }
    }

    // By the row's own time: one that was replayed lives on after its broadcast's.
    private Task ExpireIfDueAsync(Recipient row, CancellationToken cancellation) =>
        row.ExpiresAt <= time.GetUtcNow() ? ledger.ExpireMessageAsync(row.Key, row.ETag, cancellation) : Task.CompletedTask;

    private Task CloseIfOldAsync(Recipient row, CancellationToken cancellation) =>
        row.SentAt < time.GetUtcNow() - Sweeper.GiveUpAfter ? ledger.CloseAsync(row, cancellation) : Task.CompletedTask;

    private async Task ExpireIfStaleAsync(Recipient row, CancellationToken cancellation)
    {
        if (await recipients.ReadAsync(row.Key, cancellation) is { Row.Status: RecipientStatus.Sending } reading && reading.Age >= sending.Value.ClaimLease)
        {
            await ledger.ExpireAsync(reading.Row, cancellation);
        }
    }

    private async Task PoisonIfMissingAsync(Broadcast broadcast, Recipient row, CancellationToken cancellation)
    {
        if (row.PoisonedAt is null && await recipients.ReadAsync(row.Key, cancellation) is { Row: { Status: RecipientStatus.Rejected, PoisonedAt: null } } reading
            && reading.Age >= sending.Value.ClaimLease)
        {
            await poison.AsItIsAsync(SendJob.For(broadcast, reading.Row), reading.Row, cancellation);
        }
    }

    private async Task EachAsync(Shard shard, string status, Func<Recipient, CancellationToken, Task> act, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"status eq {status}");
        var rows = await recipients.Rows(shard, filter, reached.GetValueOrDefault((shard, status)), cancellation)
            .Where(row => row.Status != RecipientStatus.Rejected || row.PoisonedAt is null)
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
                    await act(row, stop);
                }
                catch (Exception e) when (!stop.IsCancellationRequested)
                {
                    Log.RowFailed(logger, shard.BroadcastId, row.Key.Id, e.GetType().Name); // the others are not kept waiting for it
                }
            });
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2901, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: its sweep failed ({Fault}); the next one tries again")]
        public static partial void RowFailed(ILogger logger, string broadcastId, string recipientKey, string fault);
    }
}
