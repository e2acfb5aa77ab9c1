using System.Text.Json.Serialization;
using BulkSms.MemoryStorage;

namespace BulkSms.Benchmarks.Server;

/// <summary>What a server has used since it started, as it tells it itself.</summary>
public sealed record Usage
{
    /// <summary>Processor time, user and kernel, in milliseconds.</summary>
    public double CpuMs { get; init; }

    /// <summary>Of it, spent in the storage in memory.</summary>
    public double StorageMs { get; init; }

    public long AllocatedBytes { get; init; }

    /// <summary>Garbage collections of generations 0, 1 and 2.</summary>
    public IReadOnlyList<int> Collections { get; init; } = [0, 0, 0];

    public long WorkingSet { get; init; }

    /// <summary>The largest working set since it was reset.</summary>
    public long PeakWorkingSet { get; init; }

    /// <summary>Bytes of the managed heap, what is not collected yet included.</summary>
    public long Heap { get; init; }

    /// <summary>The most that the heap was since it was reset, as seen each 10 ms.</summary>
    public long PeakHeap { get; init; }

    /// <summary>Storage operations by kind; empty when storage is elsewhere.</summary>
    public IReadOnlyDictionary<string, long> Operations { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Milliseconds that queue messages were held from their receipt to their deletion, since it was last asked.</summary>
    public IReadOnlyList<float> Held { get; init; } = [];

    /// <summary>This process's.</summary>
    public static Usage Now(MemoryAccount? storage) => new()
    {
        CpuMs = Environment.CpuUsage.TotalTime.TotalMilliseconds,
        StorageMs = storage?.Spent.TotalMilliseconds ?? 0,
        AllocatedBytes = GC.GetTotalAllocatedBytes(),
        Collections = [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)],
        WorkingSet = Environment.WorkingSet,
        PeakWorkingSet = PeakMemory.Of(Environment.ProcessId),
        Heap = GC.GetTotalMemory(forceFullCollection: false),
        PeakHeap = HeapPeak.Bytes,
        Operations = storage?.Operations.Snapshot() ?? new Dictionary<string, long>(StringComparer.Ordinal),
        Held = storage?.Held.Take() ?? [],
    };

    /// <summary>Forgets the peak.</summary>
    public static void ResetPeak()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        HeapPeak.Reset();
        PeakMemory.Reset(Environment.ProcessId);
    }

    /// <summary>What was used from an earlier reading to this one.</summary>
    public Usage Since(Usage before) => this with
    {
        CpuMs = CpuMs - before.CpuMs,
        StorageMs = StorageMs - before.StorageMs,
        AllocatedBytes = AllocatedBytes - before.AllocatedBytes,
        Collections = [.. Collections.Zip(before.Collections, (after, earlier) => after - earlier)],
        Operations = Operations.ToDictionary(each => each.Key, each => each.Value - before.Operations.GetValueOrDefault(each.Key), StringComparer.Ordinal),
    };
}

[JsonSerializable(typeof(Usage))]
internal sealed partial class UsageJson : JsonSerializerContext;
