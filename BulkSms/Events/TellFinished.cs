using System.Collections.Concurrent;
using BulkSms.Broadcasts;
using BulkSms.Outbox;
using BulkSms.Recipients;

namespace BulkSms.Events;

/// <summary>Tells endpoints of recipients that have come to their end: the deliveries first, then a note on each row. If it dies in between, they are told once more.</summary>
public sealed class TellFinished(RecipientTable recipients, EventOutbox outbox, MakeDeliveries deliveries, DeliveryTable table, BroadcastStore broadcasts)
{
    /// <summary>Recipients of one delivery.</summary>
    public const int MostInABatch = 500;

    private const int Concurrency = 16;

    /// <summary>Tells of recipients of one broadcast, at most <see cref="MostInABatch"/>.</summary>
    /// <param name="broadcastId">The broadcast.</param>
    /// <param name="rows">Rows as they were written, or read; each untold.</param>
    /// <param name="cancellation">Gives up; the sweeper goes on.</param>
    public async Task RunAsync(string broadcastId, IReadOnlyCollection<Recipient> rows, CancellationToken cancellation)
    {
        var wanted = (await outbox.EndpointsAsync(cancellation)).Where(endpoint => endpoint.Wants(EventTypes.RecipientFinished)).ToArray();
        var whole = (await Task.WhenAll(rows.Select(row => WholeAsync(row, cancellation)))).OfType<Recipient>().ToArray();
        OutboxEvent[] events = [.. whole.Select(FinishedEvent.Of)];
        if (whole.Length > 0 && wanted.Length > 0)
        {
            await deliveries.ForBatchAsync(broadcastId, events, wanted, cancellation);
            if (await broadcasts.FindBriefAsync(broadcastId, cancellation) is null)
            {
                await table.EraseAsync(broadcastId, cancellation); // they came too late to be erased with the others
                return;
            }
        }

        // Of a row that has come to two final statuses meanwhile, the later one is noted.
        var latest = whole.GroupBy(row => row.Key).Select(same => same.MaxBy(row => row.Sequence)!);
        var gone = (await Task.WhenAll(latest.GroupBy(row => row.Key.Shard).SelectMany(shard => shard.Chunk(RecipientTable.TransactionSize)).Select(chunk => NoteAsync(chunk, cancellation))))
            .SelectMany(keys => keys).ToHashSet();
        if (gone.Count > 0)
        {
            // Their persons are erased, perhaps before the deliveries were there.
            await deliveries.TakeOutAsync(events, whole.Where(row => gone.Contains(row.Key)).Select(row => FinishedEvent.Of(row).Id).ToHashSet(StringComparer.Ordinal), wanted, cancellation);
        }
    }

    // What a queue message has told of a row is not all that is to be told.
    private async Task<Recipient?> WholeAsync(Recipient row, CancellationToken cancellation)
    {
        if (!row.IsPartial)
        {
            return row;
        }

        return await recipients.ReadAsync(row.Key, cancellation) is { Row: var read } && read.IsUntold && read.Sequence == row.Sequence ? read : null;
    }

    // Gives the rows that are gone.
    private async Task<IReadOnlyCollection<RecipientKey>> NoteAsync(Recipient[] rows, CancellationToken cancellation)
    {
        var notes = rows.Select(row => RecipientState.After(row, new RecipientEvent.Told(row.Sequence))).OfType<RecipientTransition>().ToArray();
        if (notes.Length > 1 && await recipients.TryWriteAllAsync(notes, cancellation))
        {
            return [];
        }

        var gone = new ConcurrentBag<RecipientKey>();
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation }, async (row, stop) =>
        {
            var told = new RecipientEvent.Told(row.Sequence);
            if (await recipients.TryApplyAsync(row, told, stop) is not null)
            {
                return;
            }

            if (await recipients.ReadAsync(row.Key, stop) is { Row: var now })
            {
                await recipients.TryApplyAsync(now, told, stop); // it has changed since; if it does so again the sweeper tells of it once more
            }
            else
            {
                gone.Add(row.Key);
            }
        });
        return gone;
    }
}
