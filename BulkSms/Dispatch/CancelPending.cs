using BulkSms.Broadcasts;
using BulkSms.Recipients;

namespace BulkSms.Dispatch;

/// <summary>
/// One pass of a cancellation: pending → canceled. It is repeated until nothing is open: what was in flight comes back as pending, or as submitted.
/// </summary>
public sealed class CancelPending(RecipientTable recipients)
{
    private const int Concurrency = 32;

    public async Task RunAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        foreach (var shard in Shard.Of(broadcast.Id, broadcast.Shards))
        {
            await Parallel.ForEachAsync(
                recipients.Rows(shard, StatusFilter.Pending, null, cancellation),
                new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation },
                async (row, stop) => await recipients.TryApplyAsync(row, new RecipientEvent.Canceled(), stop));
        }
    }
}
