using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace BulkSms.Backup;

/// <summary>A row as a line of JSON with the type of each value, which plain JSON would lose: <c>{"p":"…","r":"…","c":{"attempt":["i","2"]}}</c>.</summary>
public static class RowText
{
    public static string Write(TableEntity row)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("p", row.PartitionKey);
            json.WriteString("r", row.RowKey);
            json.WriteStartObject("c");
            foreach (var (name, value) in row.Where(column => column.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag") && column.Value is not null))
            {
                var (type, text) = Write(value);
                json.WriteStartArray(name);
                json.WriteStringValue(type);
                json.WriteStringValue(text);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static TableEntity Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var row = new TableEntity(document.RootElement.GetProperty("p").GetString(), document.RootElement.GetProperty("r").GetString());
        foreach (var column in document.RootElement.GetProperty("c").EnumerateObject())
        {
            row[column.Name] = Read(column.Value[0].GetString()!, column.Value[1].GetString()!);
        }

        return row;
    }

    private static (string Type, string Text) Write(object value) => value switch
    {
        string text => ("s", text),
        int number => ("i", number.ToString(CultureInfo.InvariantCulture)),
        long number => ("l", number.ToString(CultureInfo.InvariantCulture)),
        double number => ("d", number.ToString("R", CultureInfo.InvariantCulture)),
        bool yes => ("b", yes ? "true" : "false"),
        DateTimeOffset time => ("t", time.ToString("O", CultureInfo.InvariantCulture)),
        Guid id => ("g", id.ToString()),
        byte[] bytes => ("x", Convert.ToBase64String(bytes)),
        BinaryData bytes => ("x", Convert.ToBase64String(bytes)),
        _ => throw new BackupException($"A value of type {value.GetType().Name} is not known."),
    };

    private static object Read(string type, string text) => type switch
    {
        "s" => text,
        "i" => int.Parse(text, CultureInfo.InvariantCulture),
        "l" => long.Parse(text, CultureInfo.InvariantCulture),
        "d" => double.Parse(text, CultureInfo.InvariantCulture),
        "b" => text == "true",
        "t" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
        "g" => Guid.Parse(text),
        "x" => Convert.FromBase64String(text),
        _ => throw new BackupException($"A value of type {type} is not known: a newer version wrote this export."),
    };
}
