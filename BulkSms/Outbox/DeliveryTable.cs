using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Outbox;

/// <summary>
/// The EventDeliveries table: a partition for each endpoint, and one for each broadcast that says which deliveries hold its recipients' numbers, so that they are erased with it.
/// </summary>
public sealed class DeliveryTable(TableServiceClient service)
{
    // In no name of an endpoint.
    private const char BroadcastPrefix = '~';
    private const char Between = '.';
    private readonly TableClient table = service.GetTableClient(TableNames.EventDeliveries);

    /// <summary>Adds a delivery; one that is there stays as it is. What it holds of a broadcast's recipients is noted first.</summary>
    public async Task AddAsync(EventDelivery delivery, CancellationToken cancellation)
    {
        if (delivery.BroadcastId is { } broadcastId)
        {
            await table.UpsertEntityAsync(new TableEntity(BroadcastPrefix + broadcastId, $"{delivery.Endpoint}{Between}{delivery.Key}"), TableUpdateMode.Replace, cancellation);
        }

        try
        {
            await table.AddEntityAsync(delivery.Write(), cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // added before, or by our own first try
        }
    }

    /// <summary>A delivery in a status, or null.</summary>
    public async Task<EventDelivery?> FindAsync(string endpoint, string key, string status, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(endpoint, DeliveryStatus.PrefixOf(status) + key, cancellationToken: cancellation);
        return found.HasValue ? EventDelivery.Read(found.Value!) : null;
    }

    /// <summary>Takes a delivery for one call, if it is still as it was read.</summary>
    /// <returns>As it is then; null: another has it, or it is erased.</returns>
    public async Task<EventDelivery?> TryClaimAsync(EventDelivery read, DateTimeOffset until, CancellationToken cancellation) =>
        await TryMergeAsync(read, read with { Attempts = read.Attempts + 1, NextAttemptAt = until }, cancellation);

    /// <summary>Notes that a call has failed, and when the next one comes.</summary>
    /// <returns>False: it is erased, or has changed.</returns>
    public async Task<bool> TryPostponeAsync(EventDelivery postponed, CancellationToken cancellation) => await TryMergeAsync(postponed, postponed, cancellation) is not null;

    /// <summary>Gives a delivery another status, in one transaction, if it is still as it was read.</summary>
    /// <returns>False: it has changed, or is erased.</returns>
    public async Task<bool> TryMoveAsync(EventDelivery read, EventDelivery moved, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Delete, new TableEntity(read.Endpoint, DeliveryStatus.PrefixOf(read.Status) + read.Key), read.ETag),
                    new(TableTransactionActionType.UpsertReplace, moved.Write()),
                ],
                cancellation);
            return true;
        }
        catch (RequestFailedException e) when (!e.IsNotSetUp() && (e.IsConflict() || e.IsNotFound()))
        {
            return false;
        }
    }

    /// <summary>Deliveries to an endpoint, those of one status together and the newest first, without what is posted.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="status">Only these; null: all.</param>
    /// <param name="after">Only after this one; null: from the first.</param>
    /// <param name="cancellation">Stops reading.</param>
    public IAsyncEnumerable<EventDelivery> ListAsync(string endpoint, string? status, (string Status, string Key)? after, CancellationToken cancellation)
    {
        var from = after is { } last ? DeliveryStatus.PrefixOf(last.Status) + last.Key : status is null ? "0" : DeliveryStatus.PrefixOf(status).ToString();
        var to = status is null ? ":" : ((char)(DeliveryStatus.PrefixOf(status) + 1)).ToString();
        return table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {endpoint} and RowKey gt {from} and RowKey lt {to}"), select: EventDelivery.Listed, cancellationToken: cancellation)
            .Select(EventDelivery.Read);
    }

    /// <summary>Every delivery to every endpoint, with what is posted.</summary>
    public IAsyncEnumerable<EventDelivery> AllAsync(CancellationToken cancellation) => table
        .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey lt {BroadcastPrefix.ToString()}"), cancellationToken: cancellation).Select(EventDelivery.Read);

    /// <summary>Writes a delivery anew, with other events in it; or deletes it, when it has none left. If it is still as it was read.</summary>
    /// <returns>False: it has changed, or is erased.</returns>
    public async Task<bool> TryRewriteAsync(EventDelivery changed, CancellationToken cancellation)
    {
        try
        {
            var row = changed.Write();
            await (changed.Events == 0
                ? table.DeleteEntityAsync(row.PartitionKey, row.RowKey, changed.ETag, cancellation)
                : table.UpdateEntityAsync(row, changed.ETag, TableUpdateMode.Replace, cancellation));
            return true;
        }
        catch (RequestFailedException e) when (!e.IsNotSetUp() && (e.IsConflict() || e.IsNotFound()))
        {
            return false;
        }
    }

    /// <summary>Keys of pending deliveries to an endpoint that were due before a time: their queue message is lost.</summary>
    public IAsyncEnumerable<string> OverdueAsync(string endpoint, DateTimeOffset before, CancellationToken cancellation) => table.QueryAsync<TableEntity>(
        TableClient.CreateQueryFilter($"PartitionKey eq {endpoint} and RowKey gt {"0"} and RowKey lt {"1"} and nextAttemptAt lt {before}"), select: [nameof(TableEntity.RowKey)], cancellationToken: cancellation)
        .Select(row => row.RowKey[1..]);

    /// <summary>Erases every delivery that tells of a broadcast's recipients.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EraseAsync(string broadcastId, CancellationToken cancellation)
    {
        var erased = 0;
        await foreach (var noted in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {BroadcastPrefix + broadcastId}"), cancellationToken: cancellation))
        {
            if (noted.RowKey.Split(Between) is [var endpoint, var key])
            {
                await Task.WhenAll(DeliveryStatus.All.Select(status => table.DeleteEntityAsync(endpoint, DeliveryStatus.PrefixOf(status) + key, ETag.All, cancellation)));
            }

            await table.DeleteEntityAsync(noted.PartitionKey, noted.RowKey, ETag.All, cancellation);
            erased++;
        }

        return erased;
    }

    /// <summary>Deletes everything of an endpoint that is gone.</summary>
    public Task DeleteAllAsync(string endpoint, CancellationToken cancellation) => table.DeleteAllAsync(TableClient.CreateQueryFilter($"PartitionKey eq {endpoint}"), cancellation);

    /// <summary>Deletes what was last written before a time.</summary>
    public Task TrimAsync(DateTimeOffset before, CancellationToken cancellation) => table.DeleteAllAsync(TableClient.CreateQueryFilter($"Timestamp lt {before}"), cancellation);

    private async Task<EventDelivery?> TryMergeAsync(EventDelivery read, EventDelivery changed, CancellationToken cancellation)
    {
        var changes = new TableEntity(read.Endpoint, DeliveryStatus.PrefixOf(read.Status) + read.Key)
        {
            ["attempts"] = changed.Attempts,
            [EventDelivery.NextAttempt] = changed.NextAttemptAt,
            ["reason"] = changed.Reason ?? "",
            ["answerStatus"] = changed.AnswerStatus ?? 0,
        };
        try
        {
            var written = await table.UpdateEntityAsync(changes, read.ETag, TableUpdateMode.Merge, cancellation);
            return changed with { ETag = written.Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (!e.IsNotSetUp() && (e.IsConflict() || e.IsNotFound()))
        {
            return null;
        }
    }
}
