using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.OptOuts;

/// <summary>
/// Pending → optedOut, for whoever is on the list by now. It changes the row's ETag, so the queue message that waits for the row can no longer claim
/// it: the check before sending costs the sender nothing. What is claimed is in flight and finishes; if it comes back, <see cref="EnqueueSendJobs"/> asks.
/// </summary>
public sealed class ApplyOptOuts(BroadcastStore store, RecipientTable recipients)
{
    public const string Reason = "the recipient has opted out";
    private const int BroadcastsAtOnce = 8;
    private const int RowsAtOnce = 16;

    /// <summary>Up to so many numbers are looked for by their keys; more, among the rows that wait.</summary>
    private const int Few = 20;

    private const int Tries = 20;

    /// <summary>Stops what waits for these phones, by any of their numbers, in every broadcast that is not complete.</summary>
    /// <returns>How many were waiting.</returns>
    /// <exception cref="AggregateException">Some could not be stopped; all others were.</exception>
    public async Task<int> InEveryBroadcastAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellation)
    {
        var wanted = numbers.SelectMany(OptOutKey.RecipientsOf).ToHashSet(StringComparer.Ordinal);
        var faults = new ConcurrentQueue<Exception>();
        var stopped = 0;
        await Parallel.ForEachAsync(store.ListActiveAsync(cancellation), AtMost(BroadcastsAtOnce, cancellation), async (id, stop) =>
        {
            try
            {
                Interlocked.Add(ref stopped, await InBroadcastAsync(id, wanted, stop));
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                faults.Enqueue(e);
            }
        });
        return faults.IsEmpty ? stopped : throw new AggregateException(faults);
    }

    /// <summary>Stops one recipient, however often the row changes meanwhile; any state but Pending is left to who holds it.</summary>
    /// <param name="key">Whose row.</param>
    /// <param name="absent">The row to insert when there is none; null: nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether it was waiting.</returns>
    /// <exception cref="TimeoutException">The row kept changing, or storage is away.</exception>
    public async Task<bool> ApplyAsync(RecipientKey key, TableEntity? absent, CancellationToken cancellation)
    {
        for (var i = 0; i < Tries; i++)
        {
            var reading = await recipients.ReadAsync(key, cancellation);
            if (reading is null ? absent is null : reading.Row.Status != RecipientStatus.Pending)
            {
                return false;
            }

            if (await (reading is null ? TryInsertAsync(absent!, cancellation) : TryMergeAsync(reading.Row, cancellation)))
            {
                return true;
            }
        }

        throw new TimeoutException("The row kept changing.");
    }

    private async Task<int> InBroadcastAsync(string id, HashSet<string> numbers, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { } broadcast)
        {
            return 0;
        }

        var rows = broadcast.FannedOutAt is null
            ? store.RecipientsOfAsync(broadcast, 0, cancellation).Select((recipient, index) => (recipient, index)).Where(each => numbers.Contains(each.recipient.To))
                .Select(each => (Key: KeyOf(each.recipient.To), Absent: (TableEntity?)Absent(broadcast, KeyOf(each.recipient.To), each.recipient, each.index)))
            : numbers.Count <= Few
                ? numbers.Select(number => (Key: KeyOf(number), Absent: (TableEntity?)null)).ToAsyncEnumerable()
                : WaitingAsync(broadcast, numbers, cancellation).Select(key => (Key: key, Absent: (TableEntity?)null));
        var stopped = 0;
        await Parallel.ForEachAsync(rows, AtMost(RowsAtOnce, cancellation), async (row, stop) =>
            Interlocked.Add(ref stopped, await ApplyAsync(row.Key, row.Absent, stop) ? 1 : 0));
        return stopped;

        RecipientKey KeyOf(string number) => RecipientKey.Of(id, number, broadcast.Shards);
    }

    private IAsyncEnumerable<RecipientKey> WaitingAsync(Broadcast broadcast, HashSet<string> numbers, CancellationToken cancellation) =>
        Shard.Of(broadcast.Id, broadcast.Shards).ToAsyncEnumerable().SelectMany(shard => recipients
            .Query(shard, TableClient.CreateQueryFilter($"status eq {RecipientStatus.Pending}"), null, [nameof(TableEntity.RowKey), RecipientColumns.To], cancellation)
            .Where(row => numbers.Contains(row.GetString(RecipientColumns.To) ?? ""))
            .Select(row => new RecipientKey(broadcast.Id, shard.Number, row.RowKey)));

    // A fan-out that is under way, or that waits in the queue, may have read the opt-outs before this one: it finds the row there, and leaves it.
    private static TableEntity Absent(Broadcast broadcast, RecipientKey key, Addressee recipient, int index)
    {
        var row = broadcast.NewRow(key, recipient, index, broadcast.Times());
        row[RecipientColumns.Status] = RecipientStatus.OptedOut;
        row[RecipientColumns.Reason] = Reason;
        return row;
    }

    private async Task<bool> TryInsertAsync(TableEntity row, CancellationToken cancellation)
    {
        try
        {
            await recipients.InsertAsync([row], cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            return false; // the fan-out was faster, or it was our own first try: the row says
        }
    }

    private async Task<bool> TryMergeAsync(Recipient row, CancellationToken cancellation) => await recipients.TryMergeAsync(
        row.Key,
        row.ETag,
        new TableEntity { [RecipientColumns.Status] = RecipientStatus.OptedOut, [RecipientColumns.Reason] = Reason },
        cancellation) is not null;

    private static ParallelOptions AtMost(int count, CancellationToken cancellation) => new() { MaxDegreeOfParallelism = count, CancellationToken = cancellation };
}
