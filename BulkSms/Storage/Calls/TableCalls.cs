using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace BulkSms.Storage.Calls;

/// <summary>Inserts, merges, reads and looks through rows of one table.</summary>
public sealed class TableCalls
{
    private const int Ok = 200;
    private const int Accepted = 202;
    private const int NoContent = 204;
    private const int NotFound = 404;
    private readonly HttpPipeline pipeline;
    private readonly string table;
    private readonly string? signature;
    private readonly Uri insert;
    private readonly Uri batch;

    internal TableCalls(HttpPipeline pipeline, string root, string name, string? signature)
    {
        (this.pipeline, this.signature) = (pipeline, signature);
        table = $"{root}/{name}";
        (insert, batch) = (Address(table), Address($"{root}/$batch"));
    }

    /// <summary>The row, and storage's own time of reading it; null: there is none.</summary>
    /// <exception cref="RequestFailedException">Storage refused it, or did not answer.</exception>
    public async Task<(TableEntity Row, DateTimeOffset At)?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellation)
    {
        using var message = Message(RequestMethod.Get, RowAddress(partitionKey, rowKey));
        await pipeline.SendAsync(message, cancellation);
        var response = message.Response;
        return response.Status switch
        {
            Ok => (RowJson.Read(response.Content.ToMemory().Span), TimeOf(response)),
            NotFound => null,
            _ => throw CallFault.Of(response),
        };
    }

    /// <summary>Inserts a new row.</summary>
    /// <returns>Its ETag.</returns>
    /// <exception cref="RequestFailedException">Storage refused it, or did not answer.</exception>
    public async Task<ETag> InsertAsync(TableEntity row, CancellationToken cancellation)
    {
        using var message = Message(RequestMethod.Post, insert);
        message.Request.Headers.Add("Prefer", "return-no-content");
        Write(message.Request, row);
        return (await SendAsync(message, NoContent, cancellation)).Headers.ETag ?? throw NoETag();
    }

    /// <summary>Merges columns into a row that is there, under its ETag.</summary>
    /// <param name="changes">Its keys and the columns.</param>
    /// <param name="etag">The ETag.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The row's new ETag, and when it was written, by storage's clock, in whole seconds.</returns>
    /// <exception cref="RequestFailedException">Storage refused it, or did not answer.</exception>
    public async Task<(ETag ETag, DateTimeOffset At)> MergeAsync(TableEntity changes, ETag etag, CancellationToken cancellation)
    {
        using var message = Message(RequestMethod.Patch, RowAddress(changes.PartitionKey, changes.RowKey));
        message.Request.Headers.Add("If-Match", etag.ToString("H"));
        Write(message.Request, changes);
        var response = await SendAsync(message, NoContent, cancellation);
        return (response.Headers.ETag ?? default, TimeOf(response));
    }

    /// <summary>Inserts new rows of one partition, all or none, at most 100.</summary>
    /// <returns>Their ETags, in order.</returns>
    /// <exception cref="TableTransactionFailedException">Storage refused one of them.</exception>
    /// <exception cref="RequestFailedException">Storage refused the whole, or did not answer.</exception>
    public Task<IReadOnlyList<ETag>> InsertAllAsync(IReadOnlyList<TableEntity> rows, CancellationToken cancellation) =>
        WriteAllAsync([.. rows.Select(row => (row, (string?)null))], cancellation);

    /// <summary>Inserts rows of one partition, or puts them in the place of any that are there, all or none, at most 100.</summary>
    /// <param name="actions">Only <see cref="TableTransactionActionType.Add"/> and <see cref="TableTransactionActionType.UpsertReplace"/>, of <see cref="TableEntity"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TableTransactionFailedException">Storage refused one of them.</exception>
    /// <exception cref="RequestFailedException">Storage refused the whole, or did not answer.</exception>
    public Task SubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation) => WriteAllAsync([.. actions.Select(Write)], cancellation);

    private (TableEntity Row, string? Replaced) Write(TableTransactionAction action) => (action.ActionType, action.Entity) switch
    {
        (TableTransactionActionType.Add, TableEntity row) => (row, null),
        (TableTransactionActionType.UpsertReplace, TableEntity row) => (row, PathOf(row.PartitionKey, row.RowKey)),
        _ => throw new NotSupportedException($"{action.ActionType} of {action.Entity.GetType().Name}"),
    };

    private async Task<IReadOnlyList<ETag>> WriteAllAsync(IReadOnlyCollection<(TableEntity Row, string? Replaced)> rows, CancellationToken cancellation)
    {
        var body = RowTransaction.Write(table, rows);
        using var message = Message(RequestMethod.Post, batch);
        message.Request.Headers.Add("Content-Type", RowTransaction.ContentType);
        message.Request.Content = RequestContent.Create(body.WrittenMemory);
        var response = await SendAsync(message, Accepted, cancellation);
        return RowTransaction.ReadETags(response.Content.ToMemory(), rows.Count) ?? throw NoETag();
    }

    /// <summary>The rows that a filter finds, page by page, as storage's JSON without its own remarks: who reads very many takes from it what is needed, and makes no objects.</summary>
    /// <param name="filter">Which, in OData.</param>
    /// <param name="columns">What of them.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Each page; it is to be read before the next is asked for.</returns>
    /// <exception cref="RequestFailedException">Storage refused it, or did not answer.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> PagesAsync(string filter, IEnumerable<string> columns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = $"{table}()?$filter={Uri.EscapeDataString(filter)}&$select={Uri.EscapeDataString(string.Join(',', columns))}";
        for (string? next = ""; next is not null;)
        {
            using var message = Message(RequestMethod.Get, Address(query + next), "application/json;odata=nometadata");
            var response = await SendAsync(message, Ok, cancellation);
            yield return response.Content.ToMemory();
            next = NextOf(response);
        }
    }

    // A page may be empty and have a next one all the same.
    private static string? NextOf(Response response)
    {
        if (!response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition))
        {
            return null;
        }

        var row = response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var key) ? $"&NextRowKey={Uri.EscapeDataString(key)}" : "";
        return $"&NextPartitionKey={Uri.EscapeDataString(partition)}{row}";
    }

    private static InvalidOperationException NoETag() => new("Storage gave no ETag for an inserted row.");

    // Storage's own clock.
    private static DateTimeOffset TimeOf(Response response) => response.Headers.TryGetValue("Date", out var text) ? HttpDate.Read(text) : default;

    private static void Write(Request request, TableEntity row)
    {
        request.Headers.Add("Content-Type", "application/json");
        request.Content = RequestContent.Create(RowJson.Write(row));
    }

    private static string Quoted(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));

    private string PathOf(string partitionKey, string rowKey) => $"{table}(PartitionKey='{Quoted(partitionKey)}',RowKey='{Quoted(rowKey)}')";

    private Uri RowAddress(string partitionKey, string rowKey) => Address(PathOf(partitionKey, rowKey));

    private Uri Address(string path) => new(signature is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{signature}");

    private HttpMessage Message(RequestMethod method, Uri address, string accept = "application/json;odata=minimalmetadata")
    {
        var message = pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(address);
        request.Headers.Add("x-ms-version", StorageCalls.ServiceVersion);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add("Accept", accept);
        return message;
    }

    private async Task<Response> SendAsync(HttpMessage message, int expected, CancellationToken cancellation)
    {
        await pipeline.SendAsync(message, cancellation);
        return message.Response.Status == expected ? message.Response : throw CallFault.Of(message.Response);
    }
}
