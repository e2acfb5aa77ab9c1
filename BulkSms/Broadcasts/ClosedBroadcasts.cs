using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts;

/// <summary>
/// What may still happen to a broadcast that is completed: some of it is replayed or gets a late callback, which opens it again, or it is erased. Each changes the row under
/// its ETag, so it is never open and erased.
/// </summary>
public sealed class ClosedBroadcasts(BroadcastStore store, TableServiceClient service, TimeProvider time, IOptions<BroadcastOptions> options)
{
    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);

    /// <summary>
    /// Keeps a broadcast from being completed for <see cref="BroadcastOptions.ReplayKeepsOpen"/>, and takes its completion back if there was one. The caller that has
    /// read it before this can complete it no more, since its ETag is another.
    /// </summary>
    /// <returns>The broadcast as it is then; null when it is gone or erased.</returns>
    public async Task<Broadcast?> OpenAsync(string broadcastId, CancellationToken cancellation) =>
        await TryOpenAsync(broadcastId, row => row[BroadcastRow.HandedOverAt] = NoTime.Value, cancellation) ? await store.FindAsync(broadcastId, cancellation) : null;

    /// <summary>
    /// Must come before a recipient that has come to an end changes once more, as by a callback after <c>unknown</c>: the totals may have counted it, and would be wrong for
    /// ever. A count that began before cannot be stored any more, and none begins before the change is made or its maker is long dead; then the sweeper counts anew. To add up
    /// the change instead would be one write of two rows, and count double or never when its maker dies between them.
    /// </summary>
    /// <returns>False when the broadcast is gone or erased: what it came to stands.</returns>
    public async Task<bool> ReopenAsync(string broadcastId, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(BroadcastRow.Partition, BroadcastRow.Key(broadcastId), BroadcastRow.Reopening, cancellation);
        if (!found.HasValue || BroadcastRow.Read(found.Value!) is not { ErasedAt: null } broadcast)
        {
            return false;
        }

        // Callbacks may come by the thousand: one of them opens it for all that come soon after.
        var isOpen = broadcast.CompletedAt is null && broadcast.OpenUntil - time.GetUtcNow() > options.Value.ReplayKeepsOpen * 3 / 4;
        return isOpen || await TryOpenAsync(broadcastId, null, cancellation);
    }

    /// <summary>Takes text and recipients off the row of a completed broadcast, marks it as erased, and leaves a marker for what is still to be erased elsewhere.</summary>
    /// <param name="broadcastId">Which.</param>
    /// <param name="after">How long its row must have been as it is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when it is not completed, or not for long enough, or gone.</returns>
    public Task<bool> TryBeginEraseAsync(string broadcastId, TimeSpan after, CancellationToken cancellation) => TryChangeAsync(
        broadcastId,
        (broadcast, age) => broadcast.CompletedAt is not null && age >= after,
        row =>
        {
            row[BroadcastRow.ErasedAt] = time.GetUtcNow();
            row[BroadcastRow.Message] = "";
            row[BroadcastRow.MediaUrls] = "";
            row[BroadcastRow.Recipients] = "";
            row[BroadcastRow.DataColumns] = "";
            row[BroadcastRow.ApprovalComment] = "";
        },
        BroadcastRow.ErasingMarker(broadcastId),
        cancellation);

    /// <summary>Takes the marker away: nothing is left to be erased.</summary>
    public Task EndEraseAsync(string broadcastId, CancellationToken cancellation)
    {
        var marker = BroadcastRow.ErasingMarker(broadcastId);
        return table.DeleteEntityAsync(marker.PartitionKey, marker.RowKey, ETag.All, cancellation);
    }

    /// <summary>Ids of broadcasts whose erasure has begun.</summary>
    public IAsyncEnumerable<string> ListErasingAsync(CancellationToken cancellation) => table
        .QueryAsync<TableEntity>(BroadcastRow.Erasing, cancellationToken: cancellation)
        .Select(marker => BroadcastRow.IdOf(marker.RowKey));

    /// <summary>Ids of broadcasts that were completed before a time and are not erased.</summary>
    public IAsyncEnumerable<string> ListCompletedBeforeAsync(DateTimeOffset time, CancellationToken cancellation) => table
        .QueryAsync<TableEntity>(BroadcastRow.CompletedBefore(time), select: BroadcastRow.Brief, cancellationToken: cancellation)
        .Select(BroadcastRow.Read)
        .Where(broadcast => broadcast.ErasedAt is null)
        .Select(broadcast => broadcast.Id);

    private Task<bool> TryOpenAsync(string broadcastId, Action<TableEntity>? more, CancellationToken cancellation) => TryChangeAsync(
        broadcastId,
        (broadcast, _) => broadcast.ErasedAt is null,
        row =>
        {
            row[BroadcastRow.OpenUntil] = time.GetUtcNow() + options.Value.ReplayKeepsOpen;
            row[BroadcastRow.CompletedAt] = NoTime.Value;
            StoredTotals.Clear(row);
            more?.Invoke(row);
        },
        BroadcastRow.Marker(broadcastId),
        cancellation);

    // Under the row's ETag, with a marker, in one transaction; again when another has changed the row meanwhile.
    private async Task<bool> TryChangeAsync(
        string broadcastId, Func<Broadcast, TimeSpan, bool> allowed, Action<TableEntity> fill, TableEntity marker, CancellationToken cancellation)
    {
        while (await ReadAsync(broadcastId, cancellation) is { } read && allowed(read.Broadcast, read.Age))
        {
            var changes = new TableEntity(BroadcastRow.Partition, BroadcastRow.Key(broadcastId));
            fill(changes);
            try
            {
                await table.SubmitTransactionAsync(
                    [new(TableTransactionActionType.UpdateMerge, changes, read.Broadcast.ETag), new(TableTransactionActionType.UpsertReplace, marker)], cancellation);
                return true;
            }
            catch (RequestFailedException e) when (e.IsConflict())
            {
                // another writer, or our own first try: the row tells
            }
        }

        return false;
    }

    // With the time since the row was last written: both times are storage's.
    private async Task<(Broadcast Broadcast, TimeSpan Age)?> ReadAsync(string broadcastId, CancellationToken cancellation)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(BroadcastRow.Partition, BroadcastRow.Key(broadcastId), cancellationToken: cancellation);
        if (!response.HasValue)
        {
            return null;
        }

        var broadcast = BroadcastRow.Read(response.Value!);
        var age = (response.GetRawResponse().Headers.Date ?? default) - broadcast.Timestamp;
        return (broadcast, age > TimeSpan.Zero ? age : TimeSpan.Zero); // the first is in whole seconds, rounded down
    }
}
