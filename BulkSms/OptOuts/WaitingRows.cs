using System.Collections.Concurrent;
using Azure.Data.Tables;
using BulkSms.Broadcasts;
using BulkSms.Recipients;

namespace BulkSms.OptOuts;

/// <summary>The rows that wait for some phones, in every broadcast, and how one is changed while it waits.</summary>
public sealed class WaitingRows(BroadcastStore store, RecipientTable recipients, ListFence fence)
{
    private const int BroadcastsAtOnce = 8;
    private const int RowsAtOnce = 16;

    /// <summary>Up to so many rows are looked for by their keys; more, among the rows that wait.</summary>
    private const int Few = 20;

    private const int Tries = 20;

    /// <summary>Does something to the row of each of these phones, by any of their numbers, in every broadcast that is not complete.</summary>
    /// <param name="numbers">The phones.</param>
    /// <param name="act">Is given the broadcast, whose row, and the row to insert when fan-out has not made it yet; tells whether it changed it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many were changed.</returns>
    /// <exception cref="AggregateException">Some could not be; all others were.</exception>
    public async Task<int> InEveryBroadcastAsync(
        IReadOnlyCollection<string> numbers, Func<Broadcast, RecipientKey, TableEntity?, CancellationToken, Task<bool>> act, CancellationToken cancellation)
    {
        var wanted = numbers.SelectMany(OptOutKey.RecipientsOf).ToHashSet(StringComparer.Ordinal);
        var faults = new ConcurrentQueue<Exception>();
        var stopped = 0;
        await Parallel.ForEachAsync(store.ListActiveAsync(cancellation), AtMost(BroadcastsAtOnce, cancellation), async (id, stop) =>
        {
            try
            {
                Interlocked.Add(ref stopped, await InBroadcastAsync(id, wanted, act, stop));
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                faults.Enqueue(e);
            }
        });
        return faults.IsEmpty ? stopped : throw new AggregateException(faults);
    }

    /// <summary>Changes one row while it is Pending, however often it changes meanwhile; any other state is left to who holds it.</summary>
    /// <param name="key">Whose row.</param>
    /// <param name="absent">The row to insert when there is none; null: nothing.</param>
    /// <param name="change">What happens to it; null: nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether it was changed.</returns>
    /// <exception cref="TimeoutException">The row kept changing, or storage is away.</exception>
    public async Task<bool> ChangeAsync(RecipientKey key, TableEntity? absent, Func<Recipient, RecipientEvent?> change, CancellationToken cancellation)
    {
        for (var i = 0; i < Tries; i++)
        {
            var reading = await recipients.ReadAsync(key, cancellation);
            var found = reading?.Row ?? (absent is null ? null : Recipient.From(key, absent));
            if (found is null || change(found) is not { } happened || RecipientState.After(found, happened) is not { } transition)
            {
                return false;
            }

            if (await (reading is null ? recipients.TryInsertAsync(absent!, transition, cancellation) : TryWriteAsync(transition, cancellation)))
            {
                return true;
            }
        }

        throw new TimeoutException("The row kept changing.");
    }

    private async Task<int> InBroadcastAsync(
        string id, HashSet<string> numbers, Func<Broadcast, RecipientKey, TableEntity?, CancellationToken, Task<bool>> act, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { } broadcast)
        {
            return 0;
        }

        var stopped = 0;
        if (broadcast.FannedOutAt is not null)
        {
            var keys = numbers.Count * broadcast.MostCopies <= Few ? numbers.SelectMany(broadcast.KeysOf).ToAsyncEnumerable() : WaitingAsync(broadcast, numbers, cancellation);
            await Parallel.ForEachAsync(keys, AtMost(RowsAtOnce, cancellation), async (key, stop) => Interlocked.Add(ref stopped, await act(broadcast, key, null, stop) ? 1 : 0));
            return stopped;
        }

        var (times, made) = (broadcast.Times(), new ConcurrentDictionary<int, RecipientKey>());
        var listed = store.RecipientsOfAsync(broadcast, 0, cancellation).Select((recipient, index) => (recipient, index)).Where(each => numbers.Contains(each.recipient.To));
        await Parallel.ForEachAsync(listed, AtMost(RowsAtOnce, cancellation), async (each, stop) =>
        {
            var key = made[each.index] = broadcast.KeyOf(each.recipient);
            Interlocked.Add(ref stopped, await act(broadcast, key, broadcast.NewRow(key, each.recipient, each.index, times), stop) ? 1 : 0);
        });
        _ = made.IsEmpty || await fence.StandsAsync(broadcast, made, cancellation); // who was erased meanwhile is not put back
        return stopped;
    }

    private IAsyncEnumerable<RecipientKey> WaitingAsync(Broadcast broadcast, HashSet<string> numbers, CancellationToken cancellation) =>
        Shard.Of(broadcast.Id, broadcast.Shards).ToAsyncEnumerable().SelectMany(shard => recipients.PendingKeys(shard, numbers, cancellation));

    private async Task<bool> TryWriteAsync(RecipientTransition transition, CancellationToken cancellation) => await recipients.TryWriteAsync(transition, cancellation) is not null;

    private static ParallelOptions AtMost(int count, CancellationToken cancellation) => new() { MaxDegreeOfParallelism = count, CancellationToken = cancellation };
}
