using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.SendingControl;

/// <summary>
/// The one partition of the Broadcasts table with everything that is stopped, and the only way to write that: every write makes what the instance knew of it old, also one whose
/// outcome is not known.
/// </summary>
public sealed class ControlRows(TableServiceClient service)
{
    internal const string Partition = PartitionNames.Controls;
    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);
    private int version;

    /// <summary>Changes with every write of this instance. What was read before such a change is old.</summary>
    public int Version => Volatile.Read(ref version);

    /// <summary>Whether a row of the table is one of these.</summary>
    public static bool Has(TableEntity row) => row.PartitionKey == Partition;

    public IAsyncEnumerable<TableEntity> ReadAsync(CancellationToken cancellation) =>
        table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation);

    public async Task<TableEntity?> FindAsync(string key, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, key, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <exception cref="RequestFailedException">409: it is there.</exception>
    public Task<ETag> AddAsync(TableEntity row, CancellationToken cancellation, params TableTransactionAction[] told) => WriteAsync(
        () => table.AddEntityAsync(row, cancellation), new(TableTransactionActionType.Add, row), told, cancellation);

    public Task PutAsync(TableEntity row, CancellationToken cancellation) => WriteAsync(() => table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation));

    /// <exception cref="RequestFailedException">412: it has changed since; 404: it is gone.</exception>
    public Task<ETag> ReplaceAsync(TableEntity row, ETag read, CancellationToken cancellation, params TableTransactionAction[] told) => WriteAsync(
        () => table.UpdateEntityAsync(row, read, TableUpdateMode.Replace, cancellation), new(TableTransactionActionType.UpdateReplace, row, read), told, cancellation);

    /// <inheritdoc cref="ReplaceAsync"/>
    public Task<ETag> MergeAsync(TableEntity row, ETag read, CancellationToken cancellation) =>
        WriteAsync(() => table.UpdateEntityAsync(row, read, TableUpdateMode.Merge, cancellation));

    /// <summary>Deletes a row. One that is not there is no error, unless an event is told with it.</summary>
    /// <exception cref="RequestFailedException">412: it has changed since; 404: it is gone, and the event is not written.</exception>
    public Task DeleteAsync(string key, ETag read, CancellationToken cancellation, params TableTransactionAction[] told) => WriteAsync(
        () => table.DeleteEntityAsync(Partition, key, read, cancellation), new(TableTransactionActionType.Delete, new TableEntity(Partition, key), read), told, cancellation);

    // With the rows of events in one transaction; alone where nothing is told.
    private Task<ETag> WriteAsync(Func<Task<Response>> alone, TableTransactionAction action, TableTransactionAction[] told, CancellationToken cancellation) =>
        WriteAsync(told.Length == 0 ? alone : async () => (await table.SubmitTransactionAsync([action, .. told], cancellation)).Value[0]);

    private async Task<ETag> WriteAsync(Func<Task<Response>> write)
    {
        try
        {
            return (await write()).Headers.ETag ?? default;
        }
        finally
        {
            Interlocked.Increment(ref version);
        }
    }
}
