using Azure.Storage.Queues;
using BulkSms.Storage;

namespace BulkSms.Queues;

/// <summary>Messages that failed for good, each with its reason. They do not expire.</summary>
public sealed class PoisonQueue(QueueServiceClient service)
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
    private readonly QueueClient queue = service.GetQueueClient(QueueNames.OutboundPoison);

    public Task AddAsync(SendJob job, SendFailure failure, CancellationToken cancellation) =>
        queue.SendMessageAsync(QueueMessageSize.Check((job with { Failure = failure }).Write()), null, Forever, cancellation);
}
