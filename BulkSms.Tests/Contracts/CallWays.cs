using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using BulkSms.Storage.Calls;

namespace BulkSms.Tests.Contracts;

/// <summary>The calls to one table that each message makes: by Azure's client or by ours, to one contract.</summary>
public interface IRowCalls
{
    Task<TableEntity?> FindAsync(string partitionKey, string rowKey);

    Task<ETag> InsertAsync(TableEntity row);

    Task<(ETag ETag, DateTimeOffset At)> MergeAsync(TableEntity changes, ETag etag);

    Task<IReadOnlyList<ETag>> InsertAllAsync(IReadOnlyList<TableEntity> rows);

    Task SubmitAsync(IReadOnlyList<TableTransactionAction> actions);

    /// <summary>One column of the rows that a filter finds, in order, from all pages.</summary>
    Task<IReadOnlyList<string?>> ValuesAsync(string filter, string column);
}

/// <summary>The calls to one queue that each message makes.</summary>
public interface IMessageCalls
{
    Task PutAsync(string text, TimeSpan? hidden = null);

    Task DeleteAsync(string id, string popReceipt);
}

internal sealed class ClientRowCalls(TableClient table) : IRowCalls
{
    public async Task<TableEntity?> FindAsync(string partitionKey, string rowKey) =>
        await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey) is { HasValue: true } found ? found.Value : null;

    public async Task<ETag> InsertAsync(TableEntity row) => (await table.AddEntityAsync(row)).Headers.ETag!.Value;

    public async Task<(ETag ETag, DateTimeOffset At)> MergeAsync(TableEntity changes, ETag etag)
    {
        var headers = (await table.UpdateEntityAsync(changes, etag, TableUpdateMode.Merge)).Headers;
        return (headers.ETag!.Value, headers.Date!.Value);
    }

    public async Task<IReadOnlyList<ETag>> InsertAllAsync(IReadOnlyList<TableEntity> rows)
    {
        var answer = await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
        return [.. answer.Value.Select(each => each.Headers.ETag!.Value)];
    }

    public Task SubmitAsync(IReadOnlyList<TableTransactionAction> actions) => table.SubmitTransactionAsync(actions);

    public async Task<IReadOnlyList<string?>> ValuesAsync(string filter, string column) =>
        await table.QueryAsync<TableEntity>(filter, select: [column]).Select(row => row.TryGetValue(column, out var value) ? value?.ToString() : null).ToListAsync();
}

internal sealed class OwnRowCalls(TableCalls table) : IRowCalls
{
    public async Task<TableEntity?> FindAsync(string partitionKey, string rowKey) => (await table.FindAsync(partitionKey, rowKey, TestContext.Current.CancellationToken))?.Row;

    public Task<ETag> InsertAsync(TableEntity row) => table.InsertAsync(row, TestContext.Current.CancellationToken);

    public Task<(ETag ETag, DateTimeOffset At)> MergeAsync(TableEntity changes, ETag etag) => table.MergeAsync(changes, etag, TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<ETag>> InsertAllAsync(IReadOnlyList<TableEntity> rows) => table.InsertAllAsync(rows, TestContext.Current.CancellationToken);

    public Task SubmitAsync(IReadOnlyList<TableTransactionAction> actions) => table.SubmitAsync(actions, TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<string?>> ValuesAsync(string filter, string column)
    {
        var values = new List<string?>();
        await foreach (var page in table.PagesAsync(filter, [column], TestContext.Current.CancellationToken))
        {
            using var json = JsonDocument.Parse(page);
            values.AddRange(json.RootElement.GetProperty("value").EnumerateArray().Select(row => row.TryGetProperty(column, out var value) ? value.ToString() : null));
        }

        return values;
    }
}

internal sealed class ClientMessageCalls(QueueClient queue) : IMessageCalls
{
    public Task PutAsync(string text, TimeSpan? hidden = null) => queue.SendMessageAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), hidden, TimeSpan.FromSeconds(-1));

    public Task DeleteAsync(string id, string popReceipt) => queue.DeleteMessageAsync(id, popReceipt);
}

internal sealed class OwnMessageCalls(QueueCalls queue) : IMessageCalls
{
    public Task PutAsync(string text, TimeSpan? hidden = null) => queue.PutAsync(BinaryData.FromString(text), hidden, TestContext.Current.CancellationToken);

    public Task DeleteAsync(string id, string popReceipt) => queue.DeleteAsync(id, popReceipt, TestContext.Current.CancellationToken);
}
