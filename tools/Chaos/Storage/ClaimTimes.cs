using System.Collections.Concurrent;
using System.Text.Json;

namespace BulkSms.Chaos.Storage;

/// <summary>When each claim was first seen on its way to storage: the deadline begins before.</summary>
public sealed class ClaimTimes(TimeProvider time)
{
    /// <summary>What the body of a claim holds.</summary>
    public const string Mark = "\"status\":\"sending\"";

    private readonly ConcurrentDictionary<string, DateTimeOffset> begun = new(StringComparer.Ordinal);

    public void Watch(StorageCall call)
    {
        if (call.Operation is StorageOperation.MergeRecipient && call.Body.Contains(Mark, StringComparison.Ordinal))
        {
            using var body = JsonDocument.Parse(call.Body);
            begun.TryAdd(body.RootElement.GetProperty("claimId").GetString()!, time.GetUtcNow());
        }
    }

    /// <summary>By claim id.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> All => begun;
}
