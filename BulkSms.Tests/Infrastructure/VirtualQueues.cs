using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using BulkSms.Storage;

namespace BulkSms.Tests.Infrastructure;

/// <summary>The queues of send jobs as the Functions host receives from them.</summary>
internal sealed class VirtualQueues(QueueServiceClient service)
{
    private readonly QueueClient[] all = [service.GetQueueClient(QueueNames.OutboundHigh), service.GetQueueClient(QueueNames.Outbound)];

    /// <summary>What each gives out next, with the queue that it is from.</summary>
    public async Task<IReadOnlyList<(QueueClient Queue, QueueMessage Message)>> ReceiveAsync()
    {
        var received = new List<(QueueClient, QueueMessage)>();
        foreach (var queue in all)
        {
            var messages = await queue.ReceiveMessagesAsync(32, VirtualApp.Invisibility);
            received.AddRange(messages.Value.Select(message => (queue, message)));
        }

        return received;
    }
}
