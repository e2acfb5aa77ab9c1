namespace BulkSms.MemoryStorage.Blobs;

/// <summary>A block blob, its uncommitted blocks and its lease. Guarded by its container's lock.</summary>
internal sealed class MemoryBlob(TimeProvider time)
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> staged = new(StringComparer.Ordinal);
    private string? lease;
    private TimeSpan leaseLasts;
    private DateTimeOffset leasedUntil;

    /// <summary>False for blocks that were never committed: there is no such blob then.</summary>
    public bool IsCommitted { get; private set; }

    public ReadOnlyMemory<byte> Content { get; private set; }

    public string ETag { get; private set; } = "";

    public DateTimeOffset Written { get; private set; }

    /// <summary>The lease under which it may be written; null: any caller may.</summary>
    public string? Lease => leasedUntil > time.GetUtcNow() ? lease : null;

    public void Put(ReadOnlyMemory<byte> content, string etag)
    {
        staged.Clear();
        (Content, ETag, Written, IsCommitted) = (content, etag, time.GetUtcNow(), true);
    }

    public void Stage(string blockId, ReadOnlyMemory<byte> block) => staged[blockId] = block;

    /// <summary>False when a block is missing: then nothing has changed.</summary>
    public bool TryCommit(IReadOnlyList<string> blockIds, string etag)
    {
        if (!blockIds.All(staged.ContainsKey))
        {
            return false;
        }

        var whole = new byte[blockIds.Sum(id => staged[id].Length)];
        var at = 0;
        foreach (var id in blockIds)
        {
            staged[id].CopyTo(whole.AsMemory(at));
            at += staged[id].Length;
        }

        Put(whole, etag);
        return true;
    }

    /// <summary>Acquires, renews or releases; the error code when it cannot.</summary>
    public string? ChangeLease(string action, string id, TimeSpan lasts)
    {
        switch (action)
        {
            case "acquire" when Lease is null || Lease == id:
                (lease, leaseLasts, leasedUntil) = (id, lasts, time.GetUtcNow() + lasts);
                return null;
            case "acquire":
                return "LeaseAlreadyPresent";
            case "renew" when lease == id: // also one that has run out, if no other has it
                leasedUntil = time.GetUtcNow() + leaseLasts;
                return null;
            case "release" when lease == id:
                (lease, leasedUntil) = (null, default);
                return null;
            default:
                return lease is null ? "LeaseNotPresentWithLeaseOperation" : "LeaseIdMismatchWithLeaseOperation";
        }
    }
}
