using System.Collections.Concurrent;

namespace BulkSms.MemoryStorage;

/// <summary>Counts storage operations by kind.</summary>
public sealed class OperationCounts
{
    private readonly ConcurrentDictionary<string, StrongCount> counts = new(StringComparer.Ordinal);

    public void Add(string kind) => Interlocked.Increment(ref counts.GetOrAdd(kind, static _ => new()).Value);

    public IReadOnlyDictionary<string, long> Snapshot() => counts.ToDictionary(each => each.Key, each => Interlocked.Read(ref each.Value.Value), StringComparer.Ordinal);

    private sealed class StrongCount
    {
        public long Value;
    }
}

/// <summary>A sample of durations: all of them, up to a million.</summary>
public sealed class Durations
{
    private const int Most = 1_000_000;
    private readonly Lock @lock = new();
    private readonly List<float> milliseconds = [];

    public void Add(TimeSpan duration)
    {
        lock (@lock)
        {
            if (milliseconds.Count < Most)
            {
                milliseconds.Add((float)duration.TotalMilliseconds);
            }
        }
    }

    /// <summary>Takes what there is and begins anew.</summary>
    public IReadOnlyList<float> Take()
    {
        lock (@lock)
        {
            float[] taken = [.. milliseconds];
            milliseconds.Clear();
            return taken;
        }
    }
}
