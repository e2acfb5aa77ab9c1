using Azure;
using Azure.Data.Tables;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;
using Microsoft.Extensions.Options;

namespace BulkSms.Dispatch;

/// <summary>
/// Turns a committed broadcast into recipient rows and one queue message each. It can be started again at any time, by any instance, also twice at
/// once: rows are inserted, never overwritten, and a send job too many is dropped by the row's ETag.
/// </summary>
public sealed class FanOut(BroadcastStore store, RecipientTable recipients, OptOutCache optOuts, EnqueueSendJobs enqueue, ListFence fence, IOptions<BroadcastOptions> options)
{
    /// <summary>Recipients between two checkpoints; what a restart repeats at most.</summary>
    private const int CheckpointEvery = 5000;

    /// <summary>Transactions in flight.</summary>
    private const int InsertConcurrency = 16;

    /// <summary>Finishes the fan-out of a broadcast; nothing to do when it is finished or gone.</summary>
    public async Task RunAsync(string broadcastId, CancellationToken cancellation)
    {
        if (await store.FindAsync(broadcastId, cancellation) is { FannedOutAt: null } broadcast)
        {
            await RunAsync(broadcast, cancellation);
        }
    }

    /// <summary>Finishes the fan-out of a broadcast.</summary>
    /// <param name="broadcast">As it was read.</param>
    /// <param name="cancellation">Stops; another instance goes on.</param>
    /// <param name="known">
    /// Begun before it was read or committed, for <see cref="Retention.RetentionOptions.TrustedFor"/>: while it is open it is not asked whether it has been erased meanwhile. Null: that is asked each time.
    /// </param>
    public async Task RunAsync(Broadcast broadcast, CancellationToken cancellation, Deadline? known = null)
    {
        if (broadcast.AwaitsApproval)
        {
            return; // the only place where rows that can be sent come from: its approval, its rejection or its end lets it go on
        }

        // Begun after the commit, read while the first rows are written: an opt-out that comes later finds the broadcast, and ApplyOptOuts sees to its row.
        var optedOut = optOuts.ReadAsync();
        var from = broadcast.FannedOut;
        var until = broadcast.WaitsForCanary ? broadcast.CanaryCount : broadcast.RecipientsCount; // of the rest there is no row that can be sent before it is let go
        if (from >= until && until > 0)
        {
            return;
        }

        await foreach (var slice in store.RecipientsOfAsync(broadcast, from, cancellation).Take(until - from).Chunk(CheckpointEvery).WithCancellation(cancellation))
        {
            if (!await WriteSliceAsync(broadcast, slice, from, optedOut, known, cancellation))
            {
                await RunAsync(broadcast.Id, cancellation); // by the list as it is now
                return;
            }

            from += slice.Length;
            await store.CheckpointAsync(broadcast.Id, from, done: from == broadcast.RecipientsCount, cancellation);
        }

        if (broadcast.RecipientsCount == 0)
        {
            await store.CheckpointAsync(broadcast.Id, 0, done: true, cancellation);
        }
    }

    // False: persons were erased from the list since it was read.
    private async Task<bool> WriteSliceAsync(Broadcast broadcast, Addressee[] slice, int from, Task<OptOutSet> optedOut, Deadline? known, CancellationToken cancellation)
    {
        var chunks = Enumerable.Range(0, slice.Length)
            .Select(index => (Key: broadcast.KeyOf(slice[index]), Index: index))
            .GroupBy(each => each.Key.Shard)
            .SelectMany(shard => RecipientTable.Transactions(shard, each => RecipientTable.SizeOf(slice[each.Index])));
        var times = broadcast.Times();
        var stands = true;
        using var enqueueSlots = new SemaphoreSlim(options.Value.EnqueueConcurrency);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = InsertConcurrency, CancellationToken = cancellation };
        await Parallel.ForEachAsync(chunks, parallel, async (chunk, stop) =>
        {
            var rows = chunk.Select(each => broadcast.NewRow(each.Key, slice[each.Index], from + each.Index, times)).ToArray();
            var (pending, areNew) = await InsertAsync(chunk.Select(each => each.Key).ToArray(), rows, stop);
            if (known is not { HasPassed: false } && !await IsStillAsync(broadcast, chunk[0].Key.Shard, chunk.ToDictionary(each => from + each.Index, each => each.Key), stop))
            {
                Volatile.Write(ref stands, false);
                return;
            }

            var jobs = broadcast.MayBeSent() ? pending.Select(row => SendJob.For(broadcast, row)) : [];
            var latest = areNew ? optedOut : optOuts.ReadAsync(); // who was there may have been claimed meanwhile, and be waiting again: an opt-out has left that row alone
            await enqueue.AllAsync(jobs, await latest.WaitAsync(stop), enqueueSlots, stop);
        });
        return Volatile.Read(ref stands);
    }

    // This fan-out may have been frozen while another one finished, all was sent, and the rows were erased, or those of a person: what it has made then is no recipient.
    private async Task<bool> IsStillAsync(Broadcast broadcast, int shard, Dictionary<int, RecipientKey> made, CancellationToken cancellation)
    {
        if (await store.FindBriefAsync(broadcast.Id, cancellation) is null)
        {
            await recipients.DeleteAsync(new(broadcast.Id, shard), cancellation);
            return false;
        }

        return await fence.StandsAsync(broadcast, made, cancellation);
    }

    // Those of them that are Pending, and whether all were inserted just now.
    private async Task<(IReadOnlyList<Recipient> Pending, bool AreNew)> InsertAsync(RecipientKey[] keys, TableEntity[] rows, CancellationToken cancellation)
    {
        try
        {
            var etags = await recipients.InsertAsync(rows, cancellation);
            return ([.. keys.Select((key, i) => Recipient.From(key, rows[i]) with { ETag = etags[i] }).Where(row => row.Status == RecipientStatus.Pending)], true);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            return (await InsertMissingAsync(keys, rows, cancellation), false);
        }
    }

    // Some or all of them are there: from a fan-out that died, from another that runs now, or from our own try whose answer was lost.
    private async Task<IReadOnlyList<Recipient>> InsertMissingAsync(RecipientKey[] keys, TableEntity[] rows, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(keys.Select(key => recipients.ReadAsync(key, cancellation)));
        var missing = Enumerable.Range(0, keys.Length).Where(i => found[i] is null).ToArray();
        var there = found.OfType<RecipientTable.Reading>().Select(reading => reading.Row).Where(row => row.Status == RecipientStatus.Pending);
        return missing.Length == 0
            ? [.. there]
            : [.. there, .. (await InsertAsync([.. missing.Select(i => keys[i])], [.. missing.Select(i => rows[i])], cancellation)).Pending];
    }
}
