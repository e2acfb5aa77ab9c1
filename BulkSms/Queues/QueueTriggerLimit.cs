namespace BulkSms.Queues;

/// <summary>Messages of one queue that a host's trigger gives one instance at a time.</summary>
/// <param name="Messages">How many.</param>
public sealed record QueueTriggerLimit(int Messages)
{
    /// <summary>What host.json lets through: <c>batchSize</c> and <c>newBatchThreshold</c> together. A host that knows its own numbers registers those.</summary>
    public static readonly QueueTriggerLimit OfHostJson = new(128);
}
