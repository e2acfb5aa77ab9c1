using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Unreachable;

/// <summary>The UnreachableNumbers table. It holds hashes of numbers: enough to recognise a number of a list, and no list of people to text.</summary>
public sealed class UnreachableTable(TableServiceClient service)
{
    private const string Partition = "unreachable";
    private const string Code = "code";
    private const string Since = "since";
    private const int KeyBytes = 16;
    private static readonly string[] Columns = [nameof(TableEntity.RowKey), Code, Since];
    private readonly TableClient table = service.GetTableClient(TableNames.UnreachableNumbers);

    /// <summary>The row key of a number: the first 16 bytes of SHA-256 over <c>unreachable|number</c> in UTF-8, as 32 hexadecimal digits.</summary>
    public static string KeyOf(string number) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("unreachable|" + number)).AsSpan(0, KeyBytes));

    /// <summary>Writes what is known of a number, instead of what was.</summary>
    public Task WriteAsync(string key, UnreachableNumber known, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(Partition, key) { [Code] = known.Code, [Since] = known.Since }, TableUpdateMode.Replace, cancellation);

    /// <summary>Removes a number; that it is not there does no harm.</summary>
    public Task RemoveAsync(string key, CancellationToken cancellation) => table.DeleteEntityAsync(Partition, key, ETag.All, cancellation);

    /// <summary>What is known of a number; null: nothing.</summary>
    public async Task<UnreachableNumber?> FindAsync(string key, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, key, Columns, cancellation);
        return found.HasValue && found.Value is { } row ? new(row.GetInt32(Code) ?? 0, row.GetDateTimeOffset(Since) ?? default) : null;
    }

    /// <summary>All numbers since a time, by key.</summary>
    public async Task<ConcurrentDictionary<string, UnreachableNumber>> ReadAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var known = new ConcurrentDictionary<string, UnreachableNumber>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and since ge {since}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: Columns, cancellationToken: cancellation))
        {
            known[row.RowKey] = new(row.GetInt32(Code) ?? 0, row.GetDateTimeOffset(Since) ?? since);
        }

        return known;
    }

    /// <summary>Deletes what is older.</summary>
    /// <returns>How many rows.</returns>
    public Task<int> DeleteBeforeAsync(DateTimeOffset time, CancellationToken cancellation) =>
        table.DeleteAllAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and since lt {time}"), cancellation);
}
