using Azure;
using Azure.Core;
using Azure.Data.Tables;
using BulkSms.MemoryStorage;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Benchmarks.Scenarios.Million;

/// <summary>A broadcast as it is in storage, looked at and changed past the server.</summary>
/// <param name="account">Storage.</param>
/// <param name="id">Which.</param>
internal sealed class StoredBroadcast(MemoryAccount account, string id)
{
    private const int TransactionSize = 100;

    private readonly TableServiceClient tables = TablesOf(account);

    /// <summary>The tables of storage, past the server.</summary>
    public static TableServiceClient TablesOf(MemoryAccount account) => new(
        MemoryTransport.ConnectionString, new TableClientOptions { Transport = new MemoryTransport(account, TimeSpan.Zero, TimeProvider.System), Retry = { Mode = RetryMode.Fixed, MaxRetries = 0 } });

    /// <summary>Waits until all of its recipients have their rows and send jobs.</summary>
    public async Task WaitForFanOutAsync()
    {
        while ((await tables.GetTableClient(TableNames.Broadcasts).GetEntityAsync<TableEntity>("broadcasts", $"b-{id}")).Value.GetDateTimeOffset("fannedOutAt") is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    /// <summary>Every recipient is delivered, as if it had been sent to and all callbacks had come.</summary>
    public Task DeliverAllAsync() => Parallel.ForEachAsync(Shard.Of(id, RecipientKey.MaxShards), async (shard, stop) =>
    {
        var table = tables.GetTableClient(TableNames.Recipients);
        var (sentAt, number) = (TimeProvider.System.GetUtcNow(), 0);
        await foreach (var chunk in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {shard.Partition}"), select: ["PartitionKey", "RowKey"], cancellationToken: stop)
            .Chunk(TransactionSize).WithCancellation(stop))
        {
            await table.SubmitTransactionAsync(chunk.Select(row => new TableTransactionAction(TableTransactionActionType.UpdateMerge, new TableEntity(row.PartitionKey, row.RowKey)
            {
                [RecipientColumns.Status] = RecipientStatus.Delivered,
                [RecipientColumns.ProviderStatus] = "delivered",
                [RecipientColumns.Sid] = FormattableString.Invariant($"SM{shard.Number:x8}{++number:x24}"),
                [RecipientColumns.SentAt] = sentAt,
            }, ETag.All)), stop);
        }
    });
}
