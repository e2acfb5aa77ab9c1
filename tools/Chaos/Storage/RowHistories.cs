using System.Collections.Concurrent;
using System.Text.Json;
using BulkSms.Recipients;

namespace BulkSms.Chaos.Storage;

/// <summary>A write to a recipient's row that storage applied.</summary>
/// <param name="Under">The ETag that it was made under.</param>
/// <param name="ETag">The row's ETag afterwards.</param>
/// <param name="Status">The status that it wrote, or null.</param>
/// <param name="ProviderStatus">Twilio's word that it wrote, or null.</param>
/// <param name="Sid">The SID that it wrote, or null.</param>
/// <param name="ClaimId">The claim that it wrote, or null.</param>
public sealed record RowWrite(string Under, string ETag, string? Status, string? ProviderStatus, string? Sid, string? ClaimId);

/// <summary>Every write to every recipient's row, as the proxy saw storage apply it. Each names the ETag before it: that is their order.</summary>
public sealed class RowHistories
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<RowWrite>> writes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> lost = new(StringComparer.Ordinal);

    public void Watch(StorageCall call, HttpResponseMessage? answer)
    {
        if (call.Path.StartsWith("$batch", StringComparison.Ordinal))
        {
            WatchBatch(call, answer);
            return;
        }

        if (call.Operation is not StorageOperation.MergeRecipient)
        {
            return;
        }

        if (answer is null)
        {
            lost[call.Path] = true;
        }
        else if (answer.IsSuccessStatusCode)
        {
            using var body = JsonDocument.Parse(call.Body);
            Add(call.Path, call.IfMatch, answer.Headers.ETag?.ToString() ?? "", body);
        }
    }

    // A transaction is applied as a whole, or not at all: then its answer has one part, without an ETag.
    private void WatchBatch(StorageCall call, HttpResponseMessage? answer)
    {
        if (answer is null)
        {
            foreach (var path in BatchedWrites.PathsOf(call.Body))
            {
                lost[path] = true;
            }

            return;
        }

        using var reader = new StreamReader(answer.Content.ReadAsStream(), leaveOpen: true);
        var text = reader.ReadToEnd();
        answer.Content.ReadAsStream().Position = 0;
        foreach (var (path, under, etag, body) in BatchedWrites.Of(call.Body, text))
        {
            using (body)
            {
                Add(path, under, etag, body);
            }
        }
    }

    private void Add(string path, string under, string etag, JsonDocument body) => writes.GetOrAdd(path, _ => []).Enqueue(new(
        under, etag, Text(body, RecipientColumns.Status), Text(body, RecipientColumns.ProviderStatus), Text(body, RecipientColumns.Sid), Text(body, RecipientColumns.ClaimId)));

    /// <summary>The writes to a row in the order of application; null when the proxy may have missed one.</summary>
    public RowHistory? Of(RecipientKey key)
    {
        var path = $"Recipients(PartitionKey='{key.Partition}',RowKey='{key.Id}')";
        return lost.ContainsKey(path) ? null : RowHistory.Of(writes.TryGetValue(path, out var seen) ? [.. seen] : []);
    }

    private static string? Text(JsonDocument body, string name) =>
        body.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A row's writes, one after the other.</summary>
/// <param name="Writes">In the order of application.</param>
/// <param name="Unplaced">How many fit nowhere: they were not made under the row's ETag.</param>
public sealed record RowHistory(IReadOnlyList<RowWrite> Writes, int Unplaced)
{
    /// <summary>Orders writes by their ETags.</summary>
    public static RowHistory Of(IReadOnlyList<RowWrite> writes)
    {
        var made = writes.Select(write => write.ETag).ToHashSet(StringComparer.Ordinal);
        var next = writes.GroupBy(write => write.Under, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var ordered = new List<RowWrite>();
        for (var write = writes.FirstOrDefault(each => !made.Contains(each.Under)); write is not null && ordered.Count < writes.Count; write = next.GetValueOrDefault(write.ETag))
        {
            ordered.Add(write);
        }

        return new(ordered, writes.Count - ordered.Count);
    }
}
