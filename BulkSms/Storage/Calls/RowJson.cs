using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace BulkSms.Storage.Calls;

/// <summary>A row as the table service's JSON.</summary>
internal static class RowJson
{
    private const string ETagName = "odata.etag";
    private const string Annotation = "@odata.type";
    private const int FirstLength = 1024;
    private const int LongestName = 64;
    private const int MostNames = 1000;
    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> KnownNames = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A row by itself.</summary>
    public static ReadOnlyMemory<byte> Write(TableEntity row)
    {
        var buffer = new ArrayBufferWriter<byte>(FirstLength);
        using var writer = new Utf8JsonWriter(buffer);
        Write(writer, row);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>A row among others. What has no value is not written: to storage it is the same.</summary>
    /// <exception cref="NotSupportedException">A column has a value of a type that tables do not know.</exception>
    public static void Write(Utf8JsonWriter writer, TableEntity row)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in row)
        {
            if (value is not null && name is not (ETagName or nameof(TableEntity.Timestamp)))
            {
                Write(writer, name, value);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>A row as storage answers with it.</summary>
    public static TableEntity Read(ReadOnlySpan<byte> json)
    {
        var row = new TableEntity();
        var types = new List<(string Name, string Type)>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = NameOf(ref reader);
            reader.Read();
            if (name == ETagName)
            {
                row.ETag = new ETag(reader.GetString()!);
            }
            else if (name == nameof(TableEntity.Timestamp))
            {
                row.Timestamp = Time(reader.GetString()!);
            }
            else if (name.EndsWith(Annotation, StringComparison.Ordinal))
            {
                types.Add((name[..^Annotation.Length], reader.GetString()!));
            }
            else if (!name.StartsWith("odata.", StringComparison.Ordinal) && Value(ref reader) is { } value)
            {
                row[name] = types is [.., var (typed, type)] && typed == name ? Typed(value, type) : value; // storage names a type just before its column
            }
        }

        foreach (var (name, type) in types)
        {
            if (row.TryGetValue(name, out var value) && Typed(value, type) is var typed && typed.GetType() != value.GetType())
            {
                row.Remove(name); // a column keeps the type that it was first given
                row[name] = typed;
            }
        }

        return row;
    }

    // Rows have the same few names again and again.
    private static string NameOf(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestName)
        {
            return reader.GetString()!;
        }

        Span<char> name = stackalloc char[LongestName];
        name = name[..reader.CopyString(name)];
        if (KnownNames.TryGetValue(name, out var known))
        {
            return known;
        }

        known = name.ToString();
        if (Names.Count < MostNames)
        {
            Names.TryAdd(known, known);
        }

        return known;
    }

    private static void Write(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteString(name, text);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            case bool yes:
                writer.WriteBoolean(name, yes);
                break;
            case DateTimeOffset time:
                writer.WriteString(name, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                writer.WriteString(name + Annotation, "Edm.DateTime");
                break;
            case long number:
                writer.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
                writer.WriteString(name + Annotation, "Edm.Int64");
                break;
            case double number:
                writer.WriteNumber(name, number); // none of ours is infinite
                writer.WriteString(name + Annotation, "Edm.Double");
                break;
            default:
                throw new NotSupportedException($"Column {name} has a value of type {value.GetType().Name}.");
        }
    }

    private static object? Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => reader.TryGetInt32(out var number) ? (object)number : reader.GetDouble(),
        _ => null,
    };

    private static object Typed(object value, string type) => (value, type) switch
    {
        (string text, "Edm.DateTime") => Time(text),
        (string text, "Edm.Int64") => long.Parse(text, CultureInfo.InvariantCulture),
        (string text, "Edm.Double") => double.Parse(text, CultureInfo.InvariantCulture),
        (string text, "Edm.Guid") => Guid.Parse(text),
        (string text, "Edm.Binary") => Convert.FromBase64String(text),
        (int number, "Edm.Double") => (double)number,
        _ => value,
    };

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
