using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BulkSms.Backup;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Upgrades;

/// <summary>Everything that an app has stored, as files of lines: one for each table, queue and container.</summary>
internal static class StoredFiles
{
    private const string Table = "table-";
    private const string Queue = "queue-";
    private const string Container = "container-";

    /// <summary>Reads it from an app's storage: each file's lines by its name. Of queues it is what would be received next.</summary>
    public static async Task<Dictionary<string, string[]>> ReadAsync(VirtualApp app)
    {
        var files = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var name in TableNames.Exported)
        {
            files[Table + name] = await app.Service<TableServiceClient>().GetTableClient(name).QueryAsync<TableEntity>().Select(RowText.Write).ToArrayAsync();
        }

        foreach (var name in QueueNames.All)
        {
            var messages = await app.Service<QueueServiceClient>().GetQueueClient(name).PeekMessagesAsync(32);
            files[Queue + name] = [.. messages.Value.Select(message => message.Body.ToString())];
        }

        foreach (var name in ContainerNames.All)
        {
            var container = app.Service<BlobServiceClient>().GetBlobContainerClient(name);
            var blobs = new List<string>();
            await foreach (var blob in container.GetBlobsAsync())
            {
                blobs.Add(Blob(blob.Name, (await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString()));
            }

            files[Container + name] = [.. blobs];
        }

        return files;
    }

    /// <summary>Writes rows and blobs to an app's storage. Queue messages are the caller's.</summary>
    public static async Task WriteAsync(VirtualApp app, IReadOnlyDictionary<string, string[]> files)
    {
        foreach (var name in TableNames.Exported)
        {
            foreach (var line in files[Table + name])
            {
                await app.Service<TableServiceClient>().GetTableClient(name).UpsertEntityAsync(RowText.Read(line), TableUpdateMode.Replace);
            }
        }

        foreach (var name in ContainerNames.All)
        {
            foreach (var blob in files[Container + name].Select(line => JsonNode.Parse(line)!))
            {
                await app.Service<BlobServiceClient>().GetBlobContainerClient(name).GetBlobClient((string)blob["name"]!).UploadAsync(BinaryData.FromString((string)blob["text"]!), overwrite: true);
            }
        }
    }

    /// <summary>The messages of a queue.</summary>
    public static string[] MessagesOf(this IReadOnlyDictionary<string, string[]> files, string queue) => files[Queue + queue];

    /// <summary>The shapes: of each kind of row its columns and their types, of messages and blobs the names in their JSON.</summary>
    public static IReadOnlyCollection<string> ShapesOf(IReadOnlyDictionary<string, string[]> files)
    {
        var shapes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (file, lines) in files)
        {
            foreach (var line in lines)
            {
                shapes.UnionWith(ShapesOf(file, line));
            }
        }

        return shapes;
    }

    private static IEnumerable<string> ShapesOf(string file, string line)
    {
        if (file.StartsWith(Table, StringComparison.Ordinal))
        {
            var row = JsonNode.Parse(line)!;
            var kind = KindOf((string)row["p"]!, (string)row["r"]!);
            return row["c"]!.AsObject().Select(column => $"{file} {kind} {column.Key}:{column.Value![0]}").Prepend($"{file} {kind}");
        }

        if (file.StartsWith(Queue, StringComparison.Ordinal))
        {
            return NamesIn(JsonNode.Parse(line)).Select(name => $"{file} {name}");
        }

        if (!file.StartsWith(Container, StringComparison.Ordinal))
        {
            return [];
        }

        var blob = JsonNode.Parse(line)!;
        var name = ((string)blob["name"]!).Split('/')[^1].Split('-', '.')[0];
        name = name.Any(char.IsAsciiDigit) ? "*" : name;
        var text = (string)blob["text"]!;
        var parts = Parsed(text) is { } whole ? [whole] : text.Split('\n').Where(line => line.StartsWith('{')).Select(Parsed);
        return parts.SelectMany(part => NamesIn(part)).Select(json => $"{file} {name} {json}").Prepend($"{file} {name}");
    }

    // active-…, ~…, suspended, ID.US; else one kind.
    private static string KindOf(string partition, string row)
    {
        var prefix = row.Split('-')[0];
        var kind = row.Contains('-', StringComparison.Ordinal) && prefix.All(char.IsAsciiLetterLower) && prefix.Length < 12 ? prefix
            : row is "suspended" or "reconciliation" ? row
            : row.Contains('.', StringComparison.Ordinal) ? "*.*" : "*";
        return $"{(partition.All(char.IsAsciiLetterLower) ? partition : partition[0] == '~' ? "~" : "*")}/{kind}";
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null; // a text of its own, not of ours
        }
    }

    private static IEnumerable<string> NamesIn(JsonNode? node, string path = "$") => node switch
    {
        JsonObject each => each.SelectMany(property => NamesIn(property.Value, $"{path}.{property.Key}")),
        JsonArray list => list.SelectMany(item => NamesIn(item, $"{path}[]")),
        _ => [path],
    };

    private static string Blob(string name, string text) => new JsonObject { ["name"] = name, ["text"] = text }.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
