using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using BulkSms.Common;
using BulkSms.Storage;
using BulkSms.Storage.Calls;

namespace BulkSms.Recipients;

/// <summary>The Recipients table: point reads, conditional merges, inserts by the hundred.</summary>
/// <param name="service">Storage's tables.</param>
/// <param name="storage">The calls that each message makes.</param>
/// <param name="finished">Whom those that come to a final status are handed to; null: no one.</param>
public sealed partial class RecipientTable(TableServiceClient service, StorageCalls storage, FinishedRecipients? finished = null)
{
    /// <summary>Rows that one transaction takes.</summary>
    public const int TransactionSize = 100;

    /// <summary>Bytes that are put into one transaction: it takes 4 MiB.</summary>
    private const int TransactionBytes = 3 * 1024 * 1024;

    /// <summary>Bytes of a row's own columns, and of the request around it.</summary>
    private const int RowBytes = 2 * 1024;

    /// <summary>Bytes of a character at most, as it is written to storage.</summary>
    private const int CharacterBytes = 6;

    private readonly TableClient table = service.GetTableClient(TableNames.Recipients);
    private readonly TableCalls calls = storage.Table(TableNames.Recipients);

    /// <summary>Bytes that a recipient's row takes at most when it is written.</summary>
    public static int SizeOf(Addressee addressee) => RowBytes
        + (CharacterBytes * ((addressee.Text?.Length ?? 0) + (addressee.Written?.Length ?? 0) + (addressee.Reference?.Length ?? 0) + (addressee.Data?.Length ?? 0)));

    /// <summary>Parts rows into what one transaction takes each.</summary>
    public static IEnumerable<T[]> Transactions<T>(IEnumerable<T> rows, Func<T, int> size)
    {
        var (chunk, bytes) = (new List<T>(TransactionSize), 0);
        foreach (var row in rows)
        {
            var more = size(row);
            if (chunk.Count == TransactionSize || (chunk.Count > 0 && bytes + more > TransactionBytes))
            {
                yield return [.. chunk];
                chunk.Clear();
                bytes = 0;
            }

            chunk.Add(row);
            bytes += more;
        }

        if (chunk.Count > 0)
        {
            yield return [.. chunk];
        }
    }

    /// <summary>The row and storage's own time of reading it; null when there is none.</summary>
    public async Task<Reading?> ReadAsync(RecipientKey key, CancellationToken cancellation) =>
        await calls.FindAsync(key.Partition, key.Id, cancellation) is var (row, at) ? new Reading(Recipient.From(key, row), at) : null;

    /// <summary>Inserts new rows of one partition, all or none, at most 100; gives their ETags in order.</summary>
    public async Task<IReadOnlyList<ETag>> InsertAsync(IReadOnlyList<TableEntity> rows, CancellationToken cancellation)
    {
        await MarkFinalAsync(rows, cancellation);
        return rows is [var only]
            ? [await calls.InsertAsync(only, cancellation)] // a transaction of one costs twice the processor time
            : await calls.InsertAllAsync(rows, cancellation);
    }

    /// <summary>Puts a row in the place of another of its partition, if that one is still as it was read. Where the new one is there already it becomes this.</summary>
    /// <returns>False when the row had changed, or is gone, or storage did not say: read it again.</returns>
    public async Task<bool> TryReplaceAsync(Recipient row, TableEntity by, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Delete, new TableEntity(row.Key.Partition, row.Key.Id), row.ETag),
                    new(TableTransactionActionType.UpsertReplace, by),
                ],
                cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound())
        {
            return false;
        }
    }

    /// <summary>
    /// Takes back a row that was made for a list which was not the broadcast's any more, while it waits or has ended unsent. What is to stand in its place stands there afterwards; if it was there
    /// before, it stays as it was.
    /// </summary>
    /// <returns>False when the row had changed: it is to be tried again.</returns>
    public async Task<bool> TryTakeBackAsync(RecipientKey key, ErasedPlace place, CancellationToken cancellation)
    {
        if (await ReadAsync(key, cancellation) is not { Row: { Sid: null or "", Status: RecipientStatus.Pending or RecipientStatus.OptedOut or RecipientStatus.Canceled } row })
        {
            return true; // it is gone, or in other hands: they find it
        }

        var left = row with { Status = row.Status == RecipientStatus.Pending ? RecipientStatus.Canceled : row.Status, Reason = ErasedRecipient.Reason };
        var delete = new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(key.Partition, key.Id), row.ETag);
        try
        {
            await table.SubmitTransactionAsync([delete, new(TableTransactionActionType.Add, ErasedRecipient.RowOf(left, place, row.Timestamp))], cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            return await TryDeleteAsync(row, cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound())
        {
            return false;
        }
    }

    private async Task<bool> TryDeleteAsync(Recipient row, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(row.Key.Partition, row.Key.Id, row.ETag, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            return false;
        }
    }

    /// <summary>Deletes all rows of one shard; gives how many.</summary>
    public Task<int> DeleteAsync(Shard shard, CancellationToken cancellation) =>
        table.DeleteAllAsync(TableClient.CreateQueryFilter($"PartitionKey eq {shard.Partition}"), cancellation);

    /// <summary>The rows of one shard, whole, in row key order.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="statuses">Only these; null: all.</param>
    /// <param name="after">The row key to continue after; null: from the start.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <param name="unchangedSince">Only rows last written before; null: all.</param>
    /// <param name="changedSince">Only rows last written then or later; null: all.</param>
    public IAsyncEnumerable<Recipient> Rows(
        Shard shard, StatusFilter? statuses, string? after, CancellationToken cancellation, DateTimeOffset? unchangedSince = null, DateTimeOffset? changedSince = null) =>
        Query(shard, statuses, after, null, cancellation, unchangedSince, changedSince).Select(row => Recipient.From(new(shard.BroadcastId, shard.Number, row.RowKey), row));

    /// <summary>Where the rows of one shard are, in row key order: as <see cref="Rows"/>, and only the keys are read.</summary>
    public IAsyncEnumerable<RecipientKey> Keys(Shard shard, StatusFilter statuses, string? after, CancellationToken cancellation) =>
        Query(shard, statuses, after, [nameof(TableEntity.RowKey)], cancellation).Select(row => new RecipientKey(shard.BroadcastId, shard.Number, row.RowKey));

    /// <summary>Where the pending rows of some numbers are.</summary>
    public IAsyncEnumerable<RecipientKey> PendingKeys(Shard shard, IReadOnlySet<string> numbers, CancellationToken cancellation) =>
        Query(shard, StatusFilter.Pending, null, [nameof(TableEntity.RowKey), RecipientColumns.To], cancellation)
            .Where(row => numbers.Contains(row.GetString(RecipientColumns.To) ?? ""))
            .Select(row => new RecipientKey(shard.BroadcastId, shard.Number, row.RowKey));

    /// <summary>The rows of one shard whose final status is still to be told.</summary>
    public IAsyncEnumerable<Recipient> UntoldRows(Shard shard, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {shard.Partition} and untold eq true"), cancellationToken: cancellation)
            .Select(row => Recipient.From(new(shard.BroadcastId, shard.Number, row.RowKey), row));

    /// <summary>Whether a person was erased from one shard to whom a message may have been made between two times.</summary>
    public ValueTask<bool> AnyErasedAsync(Shard shard, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {shard.Partition} and to eq {""}"), select: ErasedRecipient.Times, cancellationToken: cancellation)
            .AnyAsync(row => ErasedRecipient.MayHaveSentBetween(row, from, to), cancellation);

    /// <summary>What is counted of the rows of one shard.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async IAsyncEnumerable<CountedRow> CountedRows(Shard shard, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pages = calls.PagesAsync(TableClient.CreateQueryFilter($"PartitionKey eq {shard.Partition}"), CountedRow.Columns, cancellation);
        await foreach (var page in pages)
        {
            foreach (var row in CountedPage.Read(page.Span))
            {
                yield return row;
            }
        }
    }

    /// <summary>Whether any row of a broadcast has one of some statuses. It ends at the first that has.</summary>
    public async Task<bool> AnyAsync(string broadcastId, int shards, StatusFilter statuses, CancellationToken cancellation)
    {
        foreach (var shard in Shard.Of(broadcastId, shards))
        {
            if (await Keys(shard, statuses, null, cancellation).AnyAsync(cancellation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How often links were followed, for each recipient of one shard who followed one.</summary>
    public IAsyncEnumerable<int> Clicks(Shard shard, CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {shard.Partition} and clicks gt 0"), select: [RecipientColumns.Clicks], cancellationToken: cancellation)
            .Select(row => row.GetInt32(RecipientColumns.Clicks) ?? 0);

    /// <summary>Some rows of one shard, in one storage call. Since shards and row keys come from hashes, they are any rows.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="isPending">Only those that are pending; false: of any status.</param>
    /// <param name="most">How many at most, up to 1,000.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<IReadOnlyList<DueRow>> SampleAsync(Shard shard, bool isPending, int most, CancellationToken cancellation) =>
        await Query(shard, isPending ? StatusFilter.Pending : null, null, DueRow.Columns, cancellation).AsPages(pageSizeHint: most).FirstOrDefaultAsync(cancellation) is { } page
            ? [.. page.Values.Take(most).Select(DueRow.From)]
            : [];

    private AsyncPageable<TableEntity> Query(
        Shard shard, StatusFilter? statuses, string? after, IEnumerable<string>? columns, CancellationToken cancellation, DateTimeOffset? unchangedSince = null, DateTimeOffset? changedSince = null)
    {
        string?[] clauses =
        [
            TableClient.CreateQueryFilter($"PartitionKey eq {shard.Partition}"),
            after is null ? null : TableClient.CreateQueryFilter($"RowKey gt {after}"),
            statuses?.ToOData(),
            unchangedSince is { } before ? TableClient.CreateQueryFilter($"Timestamp lt {before}") : null,
            changedSince is { } since ? TableClient.CreateQueryFilter($"Timestamp ge {since}") : null,
        ];
        return table.QueryAsync<TableEntity>(string.Join(" and ", clauses.OfType<string>()), select: columns, cancellationToken: cancellation);
    }

    /// <param name="Row">The row.</param>
    /// <param name="StorageTime">When storage read it, by its own clock: ages are this minus the row's timestamp, so no instance's clock matters.</param>
    public sealed record Reading(Recipient Row, DateTimeOffset StorageTime)
    {
        public TimeSpan Age => StorageTime - Row.Timestamp;
    }
}

/// <summary>A partition of one broadcast's recipients.</summary>
public readonly record struct Shard(string BroadcastId, int Number)
{
    public string Partition => RecipientKey.PartitionOf(BroadcastId, Number);

    public static IEnumerable<Shard> Of(string broadcastId, int count) =>
        Enumerable.Range(0, count).Select(number => new Shard(broadcastId, number));
}
