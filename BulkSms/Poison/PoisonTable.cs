using Azure;
using Azure.Data.Tables;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Poison;

/// <summary>The PoisonMessages table.</summary>
public sealed class PoisonTable(TableServiceClient service, TimeProvider time)
{
    /// <summary>Rows that storage gives at a time.</summary>
    private const int MaxPage = 1000;

    private readonly TableClient table = service.GetTableClient(TableNames.PoisonMessages);

    /// <summary>Files a message. It is there already when its message was doubled, or delivered again: then it stays as it is.</summary>
    public async Task FileAsync(PoisonEntry entry, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(entry.Write(), cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // filed before, or by our own first try
        }
    }

    /// <summary>Notes on a filed message where its recipient was named. An update: what is erased does not come back.</summary>
    public async Task NameRecipientAsync(PoisonEntry entry, CancellationToken cancellation)
    {
        try
        {
            await table.UpdateEntityAsync(entry.WriteRecipient(), ETag.All, TableUpdateMode.Merge, cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            // erased meanwhile
        }
    }

    public async Task<PoisonEntry?> FindAsync(PoisonId id, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(id.Partition, id.Row, cancellationToken: cancellation);
        return found.HasValue ? PoisonEntry.Read(found.Value!) : null;
    }

    /// <summary>Entries in order of their ids, the newest broadcast first.</summary>
    /// <param name="broadcastId">Only of this broadcast; null: of all.</param>
    /// <param name="code">Only with this code of Twilio's; null: with any.</param>
    /// <param name="after">Only after this entry; null: from the first.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<IReadOnlyList<PoisonEntry>> ListAsync(string? broadcastId, int? code, PoisonId? after, int count, CancellationToken cancellation)
    {
        string[] clauses =
        [
            .. broadcastId is null ? Array.Empty<string>() : [TableClient.CreateQueryFilter($"PartitionKey eq {broadcastId}")],
            .. code is not { } wanted ? Array.Empty<string>() : [TableClient.CreateQueryFilter($"code eq {wanted}")],
            .. after is not { } last ? Array.Empty<string>()
                : [TableClient.CreateQueryFilter($"(PartitionKey gt {last.Partition} or (PartitionKey eq {last.Partition} and RowKey gt {last.Row}))")],
        ];
        return await table.QueryAsync<TableEntity>(string.Join(" and ", clauses), Math.Min(count, MaxPage), cancellationToken: cancellation)
            .Select(PoisonEntry.Read).Take(count).ToListAsync(cancellation);
    }

    /// <summary>Deletes every entry of a broadcast; gives how many.</summary>
    public Task<int> DeleteAsync(string broadcastId, CancellationToken cancellation) =>
        table.DeleteAllAsync(TableClient.CreateQueryFilter($"PartitionKey eq {broadcastId}"), cancellation);

    /// <summary>Deletes the entries of one recipient; gives how many.</summary>
    public Task<int> DeleteAsync(RecipientKey recipient, CancellationToken cancellation) => table.DeleteAllAsync(Of(recipient), cancellation);

    /// <summary>The entries of one recipient.</summary>
    public IAsyncEnumerable<PoisonEntry> ListAsync(RecipientKey recipient, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(Of(recipient), cancellationToken: cancellation).Select(PoisonEntry.Read);

    /// <summary>Messages that could not be read: what they hold is not known.</summary>
    public IAsyncEnumerable<PoisonEntry> ListUnreadAsync(CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {PoisonId.Unread}"), cancellationToken: cancellation).Select(PoisonEntry.Read);

    /// <summary>Deletes one entry; that it is gone is as good.</summary>
    public Task DeleteAsync(PoisonId id, CancellationToken cancellation) => table.DeleteEntityAsync(id.Partition, id.Row, ETag.All, cancellation);

    // A period comes right after the hyphen that follows the recipient's key.
    private static string Of(RecipientKey recipient) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {recipient.BroadcastId} and RowKey gt {recipient.Id + "-"} and RowKey lt {recipient.Id + "."}");

    /// <summary>Deletes the entries of before a time that belong to no broadcast: messages that could not be read, and events that were not delivered.</summary>
    public Task<int> DeleteOfNoBroadcastBeforeAsync(DateTimeOffset before, CancellationToken cancellation) => table.DeleteAllAsync(
        TableClient.CreateQueryFilter($"(PartitionKey eq {PoisonId.Unread} or PartitionKey eq {PoisonId.Events}) and at lt {before}"), cancellation);

    public Task MarkReplayedAsync(PoisonId id, CancellationToken cancellation) => table.UpdateEntityAsync(
        new TableEntity(id.Partition, id.Row) { [PoisonColumns.ReplayedAt] = time.GetUtcNow() }, ETag.All, TableUpdateMode.Merge, cancellation);
}
