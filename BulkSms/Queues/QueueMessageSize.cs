namespace BulkSms.Queues;

/// <summary>A storage queue message is at most 64 KiB after Base64: 48 KiB of ours.</summary>
public static class QueueMessageSize
{
    public const int MaxBytes = 48 * 1024;

    /// <exception cref="InvalidOperationException">The body is longer: a fault in BulkSms, since its limits keep every job far below.</exception>
    public static BinaryData Check(BinaryData body) => body.ToMemory().Length <= MaxBytes
        ? body
        : throw new InvalidOperationException($"A queue message of {body.ToMemory().Length} bytes; storage takes {MaxBytes}.");
}
