namespace BulkSms.MemoryStorage.Tables;

/// <summary>A stored entity. It does not change: a write makes another.</summary>
/// <param name="PartitionKey">Its partition.</param>
/// <param name="RowKey">Its key within the partition.</param>
/// <param name="Cells">Its other properties.</param>
/// <param name="Timestamp">When it was written: no two writes of an account have the same.</param>
public sealed record TableRow(string PartitionKey, string RowKey, IReadOnlyDictionary<string, Cell> Cells, DateTimeOffset Timestamp)
{
    public string ETag { get; } = $"W/\"datetime'{Uri.EscapeDataString(Text(Timestamp))}'\"";

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A property's value as JSON says it.</summary>
/// <param name="Type">The type that JSON cannot say (<c>Edm.DateTime</c>, <c>Edm.Int64</c>, …); null: the value's own.</param>
/// <param name="Text">A string's characters, or the value as written: <c>12</c>, <c>true</c>.</param>
/// <param name="IsString">Whether it is written with quotation marks.</param>
public readonly record struct Cell(string? Type, string Text, bool IsString);
