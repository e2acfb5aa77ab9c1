using Azure;
using Azure.Data.Tables;

namespace BulkSms.Storage;

/// <summary>Deletes rows by the hundred. What another instance deletes meanwhile is as good.</summary>
public static class RowDeletion
{
    private const int TransactionSize = 100;
    private static readonly string[] Keys = [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)];

    /// <summary>Deletes what a filter finds.</summary>
    /// <returns>How many rows.</returns>
    public static async Task<int> DeleteAllAsync(this TableClient table, string filter, CancellationToken cancellation)
    {
        var deleted = 0;
        await foreach (var chunk in table.QueryAsync<TableEntity>(filter, select: Keys, cancellationToken: cancellation)
            .Chunk(TransactionSize).WithCancellation(cancellation))
        {
            foreach (var partition in chunk.GroupBy(row => row.PartitionKey, StringComparer.Ordinal))
            {
                await table.DeleteRowsAsync([.. partition], cancellation);
            }

            deleted += chunk.Length;
        }

        return deleted;
    }

    /// <summary>Deletes rows of one partition, at most a hundred.</summary>
    public static async Task DeleteRowsAsync(this TableClient table, IReadOnlyList<TableEntity> rows, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound() && !e.IsNotSetUp())
        {
            await Task.WhenAll(rows.Select(row => table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation))); // a 404 is no fault here
        }
    }
}
