using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace BulkSms.MemoryStorage.Tables;

/// <summary>The table service.</summary>
internal sealed class TableService(TimeProvider time, Func<AccountLimits?> limits)
{
    private const int MaxPage = 1000;
    private const int MaxChanges = 100;
    private readonly ConcurrentDictionary<string, MemoryTable> tables = new(StringComparer.OrdinalIgnoreCase);
    private long lastTicks;

    public StorageReply Handle(StorageCall call)
    {
        if (call.Path == "$batch")
        {
            return Transact(call);
        }

        if (call.Path == "Tables" && call.Method == "POST")
        {
            return Create(call);
        }

        var path = EntityPath.Parse(call.Path);
        if (!tables.TryGetValue(path.Table, out var table))
        {
            return StorageReply.TableError("table other", 404, "TableNotFound", "The table specified does not exist.");
        }

        return (call.Method, path.Keys) switch
        {
            ("GET", { } keys) => Read(table, keys, call),
            ("GET", null) => Query(table, call),
            _ => Write(table, Change(call.Method, path, call.Header("If-Match"), call.Body.Span)),
        };
    }

    private StorageReply Create(StorageCall call)
    {
        using var body = JsonDocument.Parse(call.Body);
        return tables.TryAdd(body.RootElement.GetProperty("TableName").GetString()!, new(Now))
            ? new StorageReply("table create", 204)
            : StorageReply.TableError("table create", 409, "TableAlreadyExists", "The table specified already exists.");
    }

    private StorageReply Read(MemoryTable table, (string PartitionKey, string RowKey) keys, StorageCall call) =>
        IsBusy(keys.PartitionKey, 1) ? StorageReply.Busy("partition")
        : table.Find(keys.PartitionKey, keys.RowKey) is { } row
            ? new StorageReply("table read", 200).With("ETag", row.ETag).WithBody(TableJson.Write(row, Columns(call)), TableJson.ContentType)
            : StorageReply.TableError("table read", 404, "ResourceNotFound", "The specified resource does not exist.");

    private static StorageReply Query(MemoryTable table, StorageCall call)
    {
        var filter = ODataFilter.Parse(call.Query("$filter"));
        (string, string)? from = null;
        if (call.Query("NextPartitionKey") is { } partition)
        {
            if (KeyOf(partition) is not { } partitionKey || KeyOf(call.Query("NextRowKey") ?? "") is not { } rowKey)
            {
                return StorageReply.TableError("table query", 400, "InvalidInput", "A continuation token is not one of this service.");
            }

            from = (partitionKey, rowKey);
        }

        var rows = table.Query(filter, from, Math.Min(call.Number("$top") ?? MaxPage, MaxPage), out var next);
        var reply = new StorageReply("table query", 200).WithBody(TableJson.Write(rows, Columns(call)), TableJson.ContentType);
        return next is var (nextPartition, nextRow)
            ? reply.With("x-ms-continuation-NextPartitionKey", TokenOf(nextPartition)).With("x-ms-continuation-NextRowKey", TokenOf(nextRow))
            : reply;
    }

    // A header holds no key as it is: a key may have any character.
    private static string TokenOf(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    private static string? KeyOf(string token) => Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : null;

    private StorageReply Write(MemoryTable table, TableChange change) => IsBusy(change.PartitionKey, 1) ? StorageReply.Busy("partition")
        : table.Apply([change], out var written) is { } refusal
        ? StorageReply.TableError(change.Operation, refusal.Status, refusal.Code, refusal.Code)
        : WithETag(new StorageReply(change.Operation, 204), written[0]);

    private StorageReply Transact(StorageCall call)
    {
        var requests = TableBatch.Read(call.Body.Span);
        var changes = requests.ConvertAll(request => Change(request.Method, EntityPath.Parse(request.Path), request.IfMatch, call.Body.Span[request.Body]));
        if (!tables.TryGetValue(EntityPath.Parse(requests[0].Path).Table, out var table))
        {
            return TableBatch.Refused(new(0, 404, "TableNotFound"));
        }

        if (IsBusy(changes[0].PartitionKey, changes.Count))
        {
            return StorageReply.Busy("partition");
        }

        var refusal = Refuse(changes);
        TableRow?[] written = [];
        refusal ??= table.Apply(changes, out written);
        return refusal is null ? TableBatch.Done(written) : TableBatch.Refused(refusal);
    }

    private static ChangeRefusal? Refuse(List<TableChange> changes) =>
        changes.Count > MaxChanges ? new(MaxChanges, 400, "InvalidInput")
        : changes.FindIndex(change => change.PartitionKey != changes[0].PartitionKey) is var other and > 0 ? new(other, 400, "CommandsInBatchActOnDifferentPartitions")
        : changes.DistinctBy(change => change.RowKey, StringComparer.Ordinal).Count() < changes.Count ? new(0, 400, "InvalidDuplicateRow")
        : null;

    private static TableChange Change(string method, EntityPath path, string? ifMatch, ReadOnlySpan<byte> body)
    {
        if (method == "DELETE")
        {
            return new(ChangeKind.Delete, path.Keys!.Value.PartitionKey, path.Keys.Value.RowKey, ifMatch, []);
        }

        var (partitionKey, rowKey, cells) = TableJson.Read(body);
        return method == "POST"
            ? new(ChangeKind.Insert, partitionKey!, rowKey!, null, cells)
            : new(method is "PATCH" or "MERGE" ? ChangeKind.Merge : ChangeKind.Replace, path.Keys!.Value.PartitionKey, path.Keys.Value.RowKey, ifMatch, cells);
    }

    private bool IsBusy(string partition, int rows)
    {
        if (limits()?.TryPartition(partition) == false)
        {
            return true;
        }

        limits()?.TakePartition(partition, rows - 1);
        return false;
    }

    private static HashSet<string>? Columns(StorageCall call) => call.Query("$select") is { Length: > 0 } columns ? [.. columns.Split(',')] : null;

    private static StorageReply WithETag(StorageReply reply, TableRow? row) => row is null ? reply : reply.With("ETag", row.ETag);

    // Later than any before: an ETag is made of it.
    private DateTimeOffset Now()
    {
        while (true)
        {
            var last = Interlocked.Read(ref lastTicks);
            var next = Math.Max(last + 1, time.GetUtcNow().UtcTicks);
            if (Interlocked.CompareExchange(ref lastTicks, next, last) == last)
            {
                return new(next, TimeSpan.Zero);
            }
        }
    }
}
