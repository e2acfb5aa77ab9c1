using System.Collections.Concurrent;

namespace BulkSms.MemoryStorage;

/// <summary>Counts storage operations by kind.</summary>
public sealed class OperationCounts
{
    private readonly ConcurrentDictionary<string, Counter> counts = new(StringComparer.Ordinal);

    public void Add(string kind) => Interlocked.Increment(ref counts.GetOrAdd(kind, static _ => new()).Value);

    public IReadOnlyDictionary<string, long> Snapshot() => counts.ToDictionary(each => each.Key, each => Interlocked.Read(ref each.Value.Value), StringComparer.Ordinal);

    private sealed class Counter
    {
        public long Value;
    }
}
