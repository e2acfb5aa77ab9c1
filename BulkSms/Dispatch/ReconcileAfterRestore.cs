using Azure.Data.Tables;
using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Storage;

namespace BulkSms.Dispatch;

/// <summary>
/// After storage was restored to an earlier time its rows may say "waiting" of messages that were sent since. Nothing open is believed then: all of it
/// becomes Unconfirmed, and is proved at Twilio, from that time on, before anything is sent. Suspension sending first.
/// </summary>
public sealed class ReconcileAfterRestore(
    BroadcastStore store, RecipientTable recipients, FanOut fanOut)
{
    private const int Concurrency = 32;

    /// <summary>Distrusts every broadcast that is active; doing it again is harmless.</summary>
    /// <param name="since">The time that storage was restored to.</param>
    /// <returns>How many recipients are to be proved.</returns>
    public async Task<int> RunAsync(DateTimeOffset since)
    {
        var distrusted = 0;
        var filter = TableClient.CreateQueryFilter(
            $"status eq {RecipientStatus.Pending} or status eq {RecipientStatus.Sending} or status eq {RecipientStatus.Unconfirmed}");
        await foreach (var id in store.ListActiveAsync(CancellationToken.None))
        {
            if (await store.FindAsync(id, CancellationToken.None) is not { } broadcast)
            {
                continue;
            }

            if (broadcast.FannedOutAt is null)
            {
                await fanOut.RunAsync(broadcast, CancellationToken.None); // rows that were made, and sent to, after that time; nothing is sent while it is halted
            }

            foreach (var shard in Shard.Of(id, broadcast.Shards))
            {
                await Parallel.ForEachAsync(
                    recipients.Query(shard, $"({filter})", null, null, CancellationToken.None),
                    new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
                    async (row, _) => Interlocked.Add(ref distrusted, await DistrustAsync(broadcast, new(id, shard.Number, row.RowKey), since)));
            }
        }

        return distrusted;
    }

    private async Task<int> DistrustAsync(Broadcast broadcast, RecipientKey key, DateTimeOffset since)
    {
        while (await recipients.ReadAsync(key, CancellationToken.None) is { } reading)
        {
            if (RecipientState.After(reading.Row, new RecipientEvent.Doubted(reading.StorageTime, since, broadcast.Account, broadcast.Service)) is not { } transition)
            {
                return 0; // it has ended, is in doubt already, or cannot have been sent before it was due
            }

            if (await recipients.TryWriteAsync(transition, CancellationToken.None) is not null)
            {
                return 1;
            }
        }

        return 0;
    }
}
