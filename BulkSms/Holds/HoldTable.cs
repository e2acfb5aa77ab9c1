using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Holds;

/// <summary>
/// The rows that say what is held: one for the halt of all sending, one for each held broadcast, in one partition of the Broadcasts table, so that one
/// query reads them all.
/// </summary>
public sealed class HoldTable(TableServiceClient service, TimeProvider time)
{
    private const string Partition = "holds";
    private const string HaltKey = "halt";
    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);

    public async Task<HoldSet> ReadAsync(CancellationToken cancellation)
    {
        Halt? halt = null;
        var broadcasts = new Dictionary<string, HoldKind>(StringComparer.Ordinal);
        await foreach (var row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            if (row.RowKey == HaltKey)
            {
                halt = new(row.GetInt32("code") ?? 0, row.GetString("reason") ?? "", row.GetDateTimeOffset("since") ?? default);
            }
            else if (Enum.TryParse<HoldKind>(row.GetString("kind"), out var kind))
            {
                broadcasts[row.RowKey] = kind;
            }
        }

        return new HoldSet(halt, broadcasts);
    }

    /// <summary>Stops all sending. The first reason stands until it is resumed; halting twice changes nothing.</summary>
    public async Task HaltAsync(int code, string reason, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(
                new TableEntity(Partition, HaltKey) { ["code"] = code, ["reason"] = reason, ["since"] = time.GetUtcNow() }, cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // halted already, or by our own first try
        }
    }

    public Task ResumeAsync(CancellationToken cancellation) => DeleteAsync(HaltKey, cancellation);

    public Task HoldAsync(string broadcastId, HoldKind kind, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(Partition, broadcastId) { ["kind"] = kind.ToString(), ["since"] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellation);

    public Task ReleaseAsync(string broadcastId, CancellationToken cancellation) => DeleteAsync(broadcastId, cancellation);

    private Task DeleteAsync(string rowKey, CancellationToken cancellation) => table.DeleteEntityAsync(Partition, rowKey, ETag.All, cancellation);
}
