using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>Notes how it stands with a broadcast's first part, under the ETag with which the broadcast was read: a sweep that was frozen decides nothing.</summary>
public sealed class CanaryDecisions(TableServiceClient service)
{
    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);

    /// <summary>Writes it.</summary>
    /// <returns>The broadcast as it is then; null when it has changed meanwhile.</returns>
    public async Task<Broadcast?> TryWriteAsync(Broadcast broadcast, CanaryResult result, CancellationToken cancellation)
    {
        var changes = new TableEntity(BroadcastRow.Partition, BroadcastRow.Key(broadcast.Id));
        CanaryColumns.Write(result, changes);
        try
        {
            var written = await table.UpdateEntityAsync(changes, broadcast.ETag, TableUpdateMode.Merge, cancellation);
            return broadcast with { CanaryResult = result, ETag = written.Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (e.IsConflict() || (e.IsNotFound() && !e.IsNotSetUp()))
        {
            return null; // another writer, or our own first try: the next sweep reads it
        }
    }
}
