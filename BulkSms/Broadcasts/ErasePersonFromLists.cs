using Azure;
using Azure.Data.Tables;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>
/// Takes persons out of what a broadcast's request has left: the frozen list of recipients, and that of what is no recipient. Each change makes a new list and then points the broadcast's row to
/// it, under its ETag. The list of recipients keeps its length and order, for fan-out counts its places.
/// </summary>
public sealed class ErasePersonFromLists(TableServiceClient service, BroadcastStore store, RecipientBlobs blobs, TimeProvider time)
{
    private const int Tries = 20;
    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);

    /// <summary>Puts a place without a person where a person stands in the list.</summary>
    /// <param name="broadcastId">Whose list.</param>
    /// <param name="placeOf">Tells the place for an entry; null: it is another person's.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether the person was in the list.</returns>
    public Task<bool> FromRecipientsAsync(string broadcastId, Func<Addressee, ErasedPlace?> placeOf, CancellationToken cancellation) => ChangeAsync(broadcastId, async broadcast =>
    {
        var list = store.RecipientsOfAsync(broadcast, 0, cancellation);
        if (!await list.AnyAsync(each => placeOf(each) is not null, cancellation))
        {
            return null;
        }

        var changed = list.Select(each => placeOf(each) is { } place ? new Addressee("", null, each.Segments) { Erased = place } : each);
        var changes = new TableEntity { [BroadcastRow.ListVersion] = broadcast.ListVersion + 1, [BroadcastRow.ListChangedAt] = time.GetUtcNow() };
        if (broadcast.Recipients is not null && await changed.ToListAsync(cancellation) is var inRow && BroadcastStore.FitInRow(inRow))
        {
            changes[BroadcastRow.Recipients] = RecipientLines.Join(inRow);
            return new(changes, null, null);
        }

        var blob = await blobs.WriteAsync(broadcastId, changed, cancellation);
        (changes[BroadcastRow.Recipients], changes[BroadcastRow.RecipientsBlob]) = ("", blob);
        return new(changes, broadcast.RecipientsBlob, blob);
    }, cancellation);

    /// <summary>Takes a person's entries out of the list of what is no recipient.</summary>
    /// <returns>Whether there were any.</returns>
    public Task<bool> FromSkippedAsync(string broadcastId, Func<SkippedEntry, bool> isTheirs, CancellationToken cancellation) => ChangeAsync(broadcastId, async broadcast =>
    {
        var entries = store.SkippedOfAsync(broadcast, 0, cancellation).Select(each => each.Entry);
        if (!await entries.AnyAsync(isTheirs, cancellation))
        {
            return null;
        }

        var isEmpty = await entries.AllAsync(isTheirs, cancellation);
        var blob = isEmpty ? null : await blobs.WriteSkippedAsync(broadcastId, entries.Where(each => !isTheirs(each)), cancellation);
        return new(new() { [BroadcastRow.SkippedBlob] = blob ?? "" }, broadcast.SkippedBlob, blob);
    }, cancellation);

    /// <summary>Takes the text away once every recipient is erased: it was written to them alone.</summary>
    /// <param name="broadcast">With its recipients.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task ForgetTextAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        if ((broadcast.Message.Length > 0 || broadcast.MediaUrls.Count > 0) && broadcast.RecipientsCount > 0 && await store.RecipientsOfAsync(broadcast, 0, cancellation).AllAsync(each => each.Erased is not null, cancellation))
        {
            await table.UpdateEntityAsync(
                new TableEntity(BroadcastRow.Partition, BroadcastRow.Key(broadcast.Id)) { [BroadcastRow.Message] = "", [BroadcastRow.MediaUrls] = "", [BroadcastRow.DataColumns] = "" },
                ETag.All, TableUpdateMode.Merge, cancellation);
        }
    }

    private async Task<bool> ChangeAsync(string broadcastId, Func<Broadcast, Task<Change?>> change, CancellationToken cancellation)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await store.FindAsync(broadcastId, cancellation) is not { ErasedAt: null } broadcast)
            {
                return false;
            }

            try
            {
                if (await change(broadcast) is not { } made)
                {
                    return false;
                }

                if (await TryPointAsync(broadcast, made.Columns, cancellation))
                {
                    await DeleteAsync(made.OldBlob, cancellation);
                    return true;
                }

                await DeleteAsync(made.NewBlob, cancellation);
            }
            catch (RequestFailedException e) when (e.IsNotFound() && !e.IsNotSetUp())
            {
                // another has put a list in the place of the one that was read
            }
        }

        throw new TimeoutException("The broadcast's row kept changing.");
    }

    private async Task<bool> TryPointAsync(Broadcast broadcast, TableEntity columns, CancellationToken cancellation)
    {
        (columns.PartitionKey, columns.RowKey) = (BroadcastRow.Partition, BroadcastRow.Key(broadcast.Id));
        try
        {
            await table.UpdateEntityAsync(columns, broadcast.ETag, TableUpdateMode.Merge, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // Another's write, or our own first try: then the new list is in place, and must not be deleted.
            var now = await store.FindAsync(broadcast.Id, cancellation);
            return columns.GetString(BroadcastRow.RecipientsBlob) is { Length: > 0 } list ? now?.RecipientsBlob == list
                : columns.GetString(BroadcastRow.SkippedBlob) is { Length: > 0 } skipped && now?.SkippedBlob == skipped;
        }
    }

    private Task DeleteAsync(string? blob, CancellationToken cancellation) => blob is null ? Task.CompletedTask : blobs.DeleteOneAsync(blob, cancellation);

    /// <param name="Columns">What is written.</param>
    /// <param name="OldBlob">The list that it takes the place of; null: that was in the row, or there is none.</param>
    /// <param name="NewBlob">The list that it points to; null: it is in the row.</param>
    private sealed record Change(TableEntity Columns, string? OldBlob, string? NewBlob);
}
