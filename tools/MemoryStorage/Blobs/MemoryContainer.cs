using System.Globalization;

namespace BulkSms.MemoryStorage.Blobs;

/// <summary>A container of blobs.</summary>
internal sealed class MemoryContainer(TimeProvider time)
{
    private readonly SortedDictionary<string, MemoryBlob> blobs = new(StringComparer.Ordinal);
    private long writes;

    /// <summary>Held for each call.</summary>
    public Lock Lock { get; } = new();

    /// <summary>A blob that was committed.</summary>
    public MemoryBlob? Find(string name) => blobs.TryGetValue(name, out var blob) && blob.IsCommitted ? blob : null;

    public MemoryBlob FindOrAdd(string name)
    {
        if (!blobs.TryGetValue(name, out var blob))
        {
            blobs.Add(name, blob = new(time));
        }

        return blob;
    }

    public void Remove(string name) => blobs.Remove(name);

    public string NextETag() => string.Create(CultureInfo.InvariantCulture, $"\"0x{++writes:X16}\"");

    public List<KeyValuePair<string, MemoryBlob>> List(string prefix)
    {
        lock (Lock)
        {
            return [.. blobs.Where(each => each.Value.IsCommitted && each.Key.StartsWith(prefix, StringComparison.Ordinal))];
        }
    }
}
