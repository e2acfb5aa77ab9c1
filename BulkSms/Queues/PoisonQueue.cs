using Azure.Storage.Queues;
using BulkSms.Storage;

namespace BulkSms.Queues;

/// <summary>Messages that failed for good, each with its reason. They do not expire.</summary>
public sealed class PoisonQueue(QueueServiceClient service)
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
    private readonly QueueClient normal = service.GetQueueClient(QueueNames.OutboundPoison);
    private readonly QueueClient high = service.GetQueueClient(QueueNames.OutboundHighPoison);

    public Task AddAsync(SendJob job, SendFailure failure, CancellationToken cancellation) =>
        (job.High ? high : normal).SendMessageAsync(QueueMessageSize.Check((job with { Failure = failure }).Write()), null, Forever, cancellation);
}
