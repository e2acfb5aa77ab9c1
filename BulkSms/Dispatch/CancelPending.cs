using Azure.Data.Tables;
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
        var filter = TableClient.CreateQueryFilter($"status eq {RecipientStatus.Pending}");
        foreach (var shard in Shard.Of(broadcast.Id, broadcast.Shards))
        {
            await Parallel.ForEachAsync(
                recipients.Query(shard, filter, null, [nameof(TableEntity.RowKey)], cancellation),
                new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation },
                async (row, stop) => await recipients.TryMergeAsync(
                    new(broadcast.Id, shard.Number, row.RowKey),
                    row.ETag,
                    new TableEntity { [RecipientColumns.Status] = RecipientStatus.Canceled, [RecipientColumns.Reason] = "the broadcast was canceled" },
                    stop));
        }
    }
}
