using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BulkSms.MemoryStorage.Tables;

/// <summary>Entities as the table service's JSON.</summary>
internal static class TableJson
{
    public const string ContentType = "application/json;odata=minimalmetadata;streaming=true;charset=utf-8";
    private const string Annotation = "@odata.type";

    /// <summary>Reads an entity. A property that is null is no property.</summary>
    public static (string? PartitionKey, string? RowKey, Dictionary<string, Cell> Cells) Read(ReadOnlySpan<byte> json)
    {
        var cells = new Dictionary<string, Cell>(StringComparer.Ordinal);
        List<(string Name, string Type)>? types = null;
        string? partitionKey = null, rowKey = null;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "PartitionKey":
                    partitionKey = reader.GetString();
                    break;
                case "RowKey":
                    rowKey = reader.GetString();
                    break;
                case "Timestamp" or "odata.etag" or "Timestamp@odata.type":
                    break;
                case not null when name.EndsWith(Annotation, StringComparison.Ordinal):
                    (types ??= []).Add((name[..^Annotation.Length], reader.GetString()!));
                    break;
                default:
                    if (reader.TokenType is not JsonTokenType.Null)
                    {
                        var isString = reader.TokenType is JsonTokenType.String;
                        cells[name!] = new(null, isString ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan), isString);
                    }

                    break;
            }
        }

        foreach (var (name, type) in types ?? [])
        {
            if (type != "Edm.String" && cells.TryGetValue(name, out var cell))
            {
                cells[name] = cell with { Type = type };
            }
        }

        return (partitionKey, rowKey, cells);
    }

    /// <summary>One entity as the answer to a read.</summary>
    public static ReadOnlyMemory<byte> Write(TableRow row, IReadOnlySet<string>? columns)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, row, columns);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Many, as the answer to a query.</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<TableRow> rows, IReadOnlySet<string>? columns)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            foreach (var row in rows)
            {
                Write(writer, row, columns);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, TableRow row, IReadOnlySet<string>? columns)
    {
        writer.WriteStartObject();
        writer.WriteString("odata.etag", row.ETag);
        WriteKey(writer, columns, "PartitionKey", row.PartitionKey);
        WriteKey(writer, columns, "RowKey", row.RowKey);
        WriteKey(writer, columns, "Timestamp", TableRow.Text(row.Timestamp));
        foreach (var (name, cell) in row.Cells)
        {
            if (columns?.Contains(name) is false)
            {
                continue;
            }

            if (cell.Type is "Edm.DateTime" or "Edm.Int64" or "Edm.Guid" or "Edm.Binary")
            {
                writer.WriteString(name + Annotation, cell.Type);
            }

            writer.WritePropertyName(name);
            if (cell.IsString)
            {
                writer.WriteStringValue(cell.Text);
            }
            else
            {
                writer.WriteRawValue(cell.Text, skipInputValidation: true);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteKey(Utf8JsonWriter writer, IReadOnlySet<string>? columns, string name, string value)
    {
        if (columns?.Contains(name) is not false)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>A time in a cell or a literal.</summary>
    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
