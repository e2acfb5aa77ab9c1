using System.Collections;

namespace BulkSms.Common;

/// <summary>A list that only grows, in chunks: one that doubles its array copies it each time, and leaves the large ones to a full collection.</summary>
internal sealed class ChunkedList<T> : IReadOnlyList<T>
    where T : struct
{
    private const int ChunkSize = 8 * 1024; // below the large objects' size for up to ten bytes each
    private const int FirstSize = 16;
    private readonly List<T[]> chunks = [];

    public int Count { get; private set; }

    public T this[int index] => (uint)index < (uint)Count ? chunks[index / ChunkSize][index % ChunkSize] : throw new ArgumentOutOfRangeException(nameof(index));

    public void Add(T item)
    {
        var at = Count % ChunkSize;
        if (at == 0)
        {
            chunks.Add(new T[Count == 0 ? FirstSize : ChunkSize]);
        }
        else if (at == chunks[^1].Length)
        {
            var chunk = chunks[^1];
            Array.Resize(ref chunk, Math.Min(chunk.Length * 4, ChunkSize)); // most lists are short
            chunks[^1] = chunk;
        }

        chunks[^1][at] = item;
        Count++;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
