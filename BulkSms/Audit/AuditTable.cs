using Azure;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Storage;

namespace BulkSms.Audit;

/// <summary>
/// The AuditLog table. An entry has a row by its time, and another by its broadcast if it has one, written and deleted in one transaction: so both questions are a range of
/// keys. The newest sorts first.
/// </summary>
public sealed class AuditTable(TableServiceClient service)
{
    private const string Partition = "audit";
    private const string ByTime = "t-";
    private const string AfterAllTimes = "t.";

    /// <summary>Rows that storage gives at a time.</summary>
    private const int MaxPage = 1000;

    /// <summary>Entries of one transaction, with two rows each.</summary>
    private const int Slice = 50;

    private readonly TableClient table = service.GetTableClient(TableNames.AuditLog);

    /// <summary>Adds an entry. Its id is its own, so a conflict says that it is there: by our own first try.</summary>
    public async Task AddAsync(AuditEntry entry, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(KeysOf(entry).Select(key => new TableTransactionAction(TableTransactionActionType.Add, entry.Write(Partition, key))), cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // there already
        }
    }

    /// <summary>Notes what came of an entry's action.</summary>
    public Task ConcludeAsync(AuditEntry entry, string outcome, CancellationToken cancellation) => table.SubmitTransactionAsync(
        KeysOf(entry).Select(key => new TableTransactionAction(TableTransactionActionType.UpdateMerge, new TableEntity(Partition, key) { [AuditColumns.Outcome] = outcome }, ETag.All)), cancellation);

    /// <summary>Entries, the newest first.</summary>
    /// <param name="broadcastId">Of this broadcast; null: all.</param>
    /// <param name="after">After the entry with this id; null: from the newest.</param>
    /// <param name="since">Not those of before this time.</param>
    /// <param name="page">Rows that storage gives at a time.</param>
    /// <param name="cancellation">Stops reading.</param>
    public IAsyncEnumerable<AuditEntry> ListAsync(string? broadcastId, string? after, DateTimeOffset since, int page, CancellationToken cancellation)
    {
        var prefix = broadcastId is null ? ByTime : OfBroadcast(broadcastId);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {prefix + after} and RowKey lt {prefix + BroadcastId.BoundAt(since)}");
        return table.QueryAsync<TableEntity>(filter, Math.Min(page, MaxPage), cancellationToken: cancellation).Select(AuditEntry.Read);
    }

    /// <summary>Entries about one phone that show the digits of a number: they may be another's.</summary>
    /// <param name="masked">See <see cref="Redaction.Phone"/>.</param>
    /// <param name="cancellation">Stops reading.</param>
    public IAsyncEnumerable<AuditEntry> AboutAsync(string masked, CancellationToken cancellation) => table.QueryAsync<TableEntity>(
        TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {ByTime} and RowKey lt {AfterAllTimes} and objectId eq {masked}"), cancellationToken: cancellation).Select(AuditEntry.Read);

    /// <summary>Takes the digits out of an entry: who did what, and when, stays.</summary>
    public async Task HideAsync(AuditEntry entry, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(
                KeysOf(entry).Select(key => new TableTransactionAction(TableTransactionActionType.UpdateMerge, new TableEntity(Partition, key) { ["objectId"] = AuditObject.Hidden }, ETag.All)), cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            // trimmed meanwhile
        }
    }

    /// <summary>Deletes entries of before a time. It may be interrupted anywhere: the next run goes on.</summary>
    public async Task TrimAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {ByTime + BroadcastId.BoundAt(before)} and RowKey lt {AfterAllTimes}");
        var old = table.QueryAsync<TableEntity>(filter, select: [nameof(TableEntity.RowKey), AuditColumns.BroadcastId], cancellationToken: cancellation);
        await foreach (var slice in old.Chunk(Slice).WithCancellation(cancellation))
        {
            await table.DeleteRowsAsync([.. slice.SelectMany(row => KeysOf(AuditColumns.IdOf(row), row.GetString(AuditColumns.BroadcastId))).Select(key => new TableEntity(Partition, key))], cancellation);
        }
    }

    private static IEnumerable<string> KeysOf(AuditEntry entry) => KeysOf(entry.Id, entry.Target.BroadcastId);

    private static string[] KeysOf(string id, string? broadcastId) => broadcastId is null ? [ByTime + id] : [ByTime + id, OfBroadcast(broadcastId) + id];

    private static string OfBroadcast(string broadcastId) => $"b-{broadcastId}-";
}
