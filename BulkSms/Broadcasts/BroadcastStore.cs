using Azure;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Outbox;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Storage.Calls;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts;

/// <summary>The Broadcasts table.</summary>
public sealed partial class BroadcastStore(
    TableServiceClient tableService,
    StorageCalls storage,
    RecipientBlobs blobs,
    EventOutbox outbox,
    TimeProvider time,
    IOptions<BroadcastOptions> options)
{
    /// <summary>Characters of recipients that fit in the row.</summary>
    private const int MaxLinesInRow = 32_000;

    /// <summary>Rows that storage gives at a time.</summary>
    private const int MaxPage = 1000;

    private readonly TableClient table = tableService.GetTableClient(TableNames.Broadcasts);
    private readonly TableCalls calls = storage.Table(TableNames.Broadcasts);

    /// <summary>
    /// Writes the row and its active marker in one transaction: the commit point. A large list goes to a blob first. When the answer is lost the
    /// same inserts are made again: a conflict on the id says that an earlier one was applied, ours or that of the same request under the same key.
    /// </summary>
    /// <returns>With what is stored: another try may have seen other opt-outs.</returns>
    /// <param name="broadcast">What is accepted.</param>
    /// <param name="mayCommit">No try begins after it (null: at any time): a repeat of the request may be relying on that.</param>
    /// <param name="isFirst">Whether it is accepted only if its text and list were not within a day.</param>
    public async Task<(CommitResult Result, Broadcast Broadcast)> CommitAsync(Broadcast broadcast, Deadline? mayCommit = null, bool isFirst = false)
    {
        try
        {
            var row = FitInRow(broadcast) ? broadcast : broadcast with { Recipients = null, RecipientsBlob = await blobs.WriteAsync(broadcast) };
            if (broadcast.Skipped is { } skipped)
            {
                row = row with { Skipped = null, SkippedBlob = await blobs.WriteSkippedAsync(broadcast.Id, skipped) };
            }

            var told = broadcast.AwaitsApproval
                ? await outbox.OfBroadcastAsync(
                    BroadcastRow.Partition, EventTypes.BroadcastApprovalNeeded, broadcast.Id, () => BroadcastEvents.ApprovalNeeded(broadcast), CancellationToken.None)
                : [];
            var (result, stored) = await new InsertBroadcast(
                storage.TableOnce(TableNames.Broadcasts), id => FindAsync(id, CancellationToken.None), options.Value.CommitProbe, time).RunAsync(row, mayCommit, isFirst, told);
            outbox.Written(told);
            return (result, stored ?? broadcast);
        }
        catch (Exception e) when (e.IsUnavailable())
        {
            return (CommitResult.NotCommitted, broadcast); // the blob alone is harmless: no row points to it
        }
    }

    /// <summary>The broadcast, or null when there is none.</summary>
    public async Task<Broadcast?> FindAsync(string broadcastId, CancellationToken cancellation)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(
            BroadcastRow.Partition, BroadcastRow.Key(broadcastId), cancellationToken: cancellation);
        return response.HasValue ? BroadcastRow.Read(response.Value!) : null;
    }

    /// <summary>The broadcast without its recipients, which may be 32 KB of the row; null when there is none.</summary>
    public async Task<Broadcast?> FindWithoutRecipientsAsync(string broadcastId, CancellationToken cancellation)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(
            BroadcastRow.Partition, BroadcastRow.Key(broadcastId), BroadcastRow.WithoutRecipients, cancellation);
        return response.HasValue ? BroadcastRow.Read(response.Value!) : null;
    }

    /// <summary>When and where it is, not what and to whom; null: there is no such broadcast, or only what erasing leaves of it.</summary>
    public async Task<Broadcast?> FindBriefAsync(string broadcastId, CancellationToken cancellation)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(
            BroadcastRow.Partition, BroadcastRow.Key(broadcastId), BroadcastRow.Brief, cancellation);
        return response.HasValue && BroadcastRow.Read(response.Value!) is { ErasedAt: null } broadcast ? broadcast : null;
    }

    /// <summary>The recipients in order, from one on (counted from 0), out of the row or its blob; a blob is read as they are asked for.</summary>
    public IAsyncEnumerable<Addressee> RecipientsOfAsync(Broadcast broadcast, int from, CancellationToken cancellation) => broadcast switch
    {
        { RecipientsCount: 0 } => AsyncEnumerable.Empty<Addressee>(), // all had opted out: neither row nor blob has a recipient
        { Recipients: { } inRow } => Enumerable.Range(from, inRow.Count - from).Select(index => inRow[index]).ToAsyncEnumerable(),
        _ => blobs.ReadAsync(broadcast.RecipientsBlob!, from, cancellation),
    };

    /// <summary>What of a broadcast's request is no recipient, from a byte of its blob on; each with the byte after it.</summary>
    /// <exception cref="FormatException">No entry begins there.</exception>
    public IAsyncEnumerable<(SkippedEntry Entry, long End)> SkippedOfAsync(Broadcast broadcast, long from, CancellationToken cancellation) =>
        broadcast is { SkippedBlob: { } name, ErasedAt: null } ? blobs.ReadSkippedAsync(name, from, cancellation) : AsyncEnumerable.Empty<(SkippedEntry, long)>();

    /// <summary>
    /// Notes how far fan-out has come: only its own columns, so that nothing else on the row is touched. Losing this note costs repeated
    /// storage calls, nothing more.
    /// </summary>
    public async Task CheckpointAsync(string broadcastId, int fannedOut, bool done, CancellationToken cancellation)
    {
        var changes = new TableEntity(BroadcastRow.Partition, BroadcastRow.Key(broadcastId)) { [BroadcastRow.FannedOut] = fannedOut };
        if (done)
        {
            changes[BroadcastRow.FannedOutAt] = time.GetUtcNow();
        }

        await calls.MergeAsync(changes, ETag.All, cancellation);
    }

    /// <summary>Notes when the waiting recipients were requeued.</summary>
    public Task MarkRequeuedAsync(string broadcastId, DateTimeOffset at, CancellationToken cancellation) => table.UpdateEntityAsync(
        new TableEntity(BroadcastRow.Partition, BroadcastRow.Key(broadcastId)) { [BroadcastRow.RequeuedAt] = at },
        ETag.All, TableUpdateMode.Merge, cancellation);

    /// <summary>
    /// Stores the totals and takes the active marker away, in one transaction, if the row is still the one that was read before the counting began.
    /// </summary>
    /// <returns>False when the row has changed meanwhile: then it is counted again.</returns>
    public async Task<bool> CompleteAsync(Broadcast broadcast, BroadcastProgress totals, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var changes = new TableEntity(BroadcastRow.Partition, BroadcastRow.Key(broadcast.Id))
        {
            [BroadcastRow.CompletedAt] = now,
            [BroadcastRow.HandedOverAt] = broadcast.HandedOverAt ?? now,
        };
        StoredTotals.Write(changes, totals);
        var told = await outbox.OfBroadcastAsync(BroadcastRow.Partition, BroadcastEvents.TypeAtTheEnd(broadcast), broadcast.Id, () => BroadcastEvents.Ended(broadcast, totals), cancellation);
        try
        {
            await table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.UpdateMerge, changes, broadcast.ETag),
                    new(TableTransactionActionType.Delete, BroadcastRow.Marker(broadcast.Id), ETag.All),
                    .. told,
                ],
                cancellation);
            outbox.Written(told);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound())
        {
            return false;
        }
    }

    /// <summary>Notes that nothing of it is ours to send any more, if the row is still the one that was read before the counting began; else the next sweep does.</summary>
    public async Task MarkHandedOverAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        try
        {
            await table.UpdateEntityAsync(
                new TableEntity(BroadcastRow.Partition, BroadcastRow.Key(broadcast.Id)) { [BroadcastRow.HandedOverAt] = time.GetUtcNow() },
                broadcast.ETag, TableUpdateMode.Merge, cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // replayed meanwhile, perhaps
        }
    }

    /// <summary>Notes on the broadcast itself that it is canceled: its hold ends when it is completed, this does not.</summary>
    /// <returns>False when it is completed, or gone: then nothing is left to be canceled.</returns>
    public async Task<bool> TryMarkCanceledAsync(string broadcastId, CancellationToken cancellation)
    {
        while (await FindAsync(broadcastId, cancellation) is { CompletedAt: null } broadcast)
        {
            try
            {
                await table.UpdateEntityAsync(
                    new TableEntity(BroadcastRow.Partition, BroadcastRow.Key(broadcastId)) { [BroadcastRow.Canceled] = true },
                    broadcast.ETag, TableUpdateMode.Merge, cancellation);
                return true;
            }
            catch (RequestFailedException e) when (e.IsConflict())
            {
                // another writer, or our own first try: the row tells
            }
        }

        return false;
    }

    /// <summary>Deletes lists that no broadcast's row points to, of requests that came to no commit: they hold numbers that nothing else would erase.</summary>
    /// <param name="age">Only those that are older; a younger one may belong to a request that is at its commit.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many.</returns>
    public async Task<int> DeleteOrphanedListsAsync(TimeSpan age, CancellationToken cancellation)
    {
        var deleted = 0;
        await foreach (var list in blobs.AllAsync(cancellation).Where(list => list.Age > age).WithCancellation(cancellation))
        {
            if (await IsOrphanedAsync(list, cancellation))
            {
                await blobs.DeleteOneAsync(list.Name, cancellation);
                deleted++;
            }
        }

        return deleted;
    }

    /// <summary>Deletes those that are a person's and that no request can commit any more.</summary>
    /// <param name="writtenBefore">Only those written before.</param>
    /// <param name="isRecipient">Tells the person's recipients.</param>
    /// <param name="isSkipped">Tells the person's entries that are no recipients.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether one is left, since it is too young.</returns>
    public async Task<bool> EraseOrphanedListsAsync(DateTimeOffset writtenBefore, Func<Addressee, bool> isRecipient, Func<SkippedEntry, bool> isSkipped, CancellationToken cancellation)
    {
        var isLeft = false;
        await foreach (var list in blobs.AllAsync(cancellation).Where(list => list.WrittenAt < writtenBefore).WithCancellation(cancellation))
        {
            if (!await IsOrphanedAsync(list, cancellation) || !await blobs.AnyAsync(list.Name, isRecipient, isSkipped, cancellation))
            {
                continue;
            }

            var isOld = list.Age > options.Value.UncommittedAfter;
            isLeft |= !isOld;
            await (isOld ? blobs.DeleteOneAsync(list.Name, cancellation) : Task.CompletedTask);
        }

        return isLeft;
    }

    private async Task<bool> IsOrphanedAsync(ListBlob list, CancellationToken cancellation) =>
        await FindWithoutRecipientsAsync(list.BroadcastId, cancellation) is var broadcast && broadcast?.RecipientsBlob != list.Name && broadcast?.SkippedBlob != list.Name;

    /// <summary>Whether a list may stand in the row.</summary>
    internal static bool FitInRow(IEnumerable<Addressee> recipients) => RecipientLines.FitIn(MaxLinesInRow, recipients);

    private bool FitInRow(Broadcast broadcast) => broadcast.RecipientsCount <= options.Value.RowRecipientLimit && FitInRow(broadcast.Recipients!);
}
