using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Outbox;

/// <summary>An event's row, and where it stands.</summary>
/// <param name="Event">The event.</param>
/// <param name="Table">Its table.</param>
/// <param name="Row">Its row.</param>
public sealed record StoredEvent(OutboxEvent Event, string Table, TableEntity Row);

/// <summary>The rows of events that are still to be told, in each partition where they are written.</summary>
public sealed class OutboxTable(TableServiceClient service)
{
    private static readonly (string Table, string Partition)[] Places =
    [
        (TableNames.Broadcasts, PartitionNames.Broadcasts),
        (TableNames.Broadcasts, PartitionNames.Controls),
        (TableNames.OptOuts, PartitionNames.OptOuts),
    ];

    /// <summary>All of them, in no order that means something.</summary>
    public async IAsyncEnumerable<StoredEvent> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (table, partition) in Places)
        {
            await foreach (var row in service.GetTableClient(table).QueryAsync<TableEntity>(OutboxEvent.In(partition), cancellationToken: cancellation))
            {
                yield return new(OutboxEvent.Read(row), table, row);
            }
        }
    }

    /// <summary>Deletes the row of an event that was told; one that is gone is no error.</summary>
    public Task DeleteAsync(StoredEvent told, CancellationToken cancellation) =>
        service.GetTableClient(told.Table).DeleteEntityAsync(told.Row.PartitionKey, told.Row.RowKey, ETag.All, cancellation);

    /// <summary>Writes what an event tells anew, or deletes it when nothing is left of it; if it is still as it was read.</summary>
    public async Task RewriteAsync(StoredEvent stored, string? data, CancellationToken cancellation)
    {
        var table = service.GetTableClient(stored.Table);
        try
        {
            await (data is null
                ? table.DeleteEntityAsync(stored.Row.PartitionKey, stored.Row.RowKey, stored.Row.ETag, cancellation)
                : table.UpdateEntityAsync((stored.Event with { Data = data }).Write(stored.Row.PartitionKey), stored.Row.ETag, TableUpdateMode.Replace, cancellation));
        }
        catch (RequestFailedException e) when (!e.IsNotSetUp() && (e.IsConflict() || e.IsNotFound()))
        {
            // told meanwhile
        }
    }

    /// <summary>Deletes those written before a time: no endpoint has been there since that wants them.</summary>
    public async Task TrimAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        foreach (var (table, partition) in Places)
        {
            await service.GetTableClient(table).DeleteAllAsync($"{OutboxEvent.In(partition)} and {TableClient.CreateQueryFilter($"Timestamp lt {before}")}", cancellation);
        }
    }
}
