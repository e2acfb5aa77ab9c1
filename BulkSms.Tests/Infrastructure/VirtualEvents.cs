using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using BulkSms.Events;
using BulkSms.Queues;
using BulkSms.Storage;

namespace BulkSms.Tests.Infrastructure;

/// <summary>Plays the host of the queue of events.</summary>
internal static class VirtualEvents
{
    /// <summary>Delivers the events that are due by now.</summary>
    /// <returns>How many queue messages were handled.</returns>
    public static async Task<int> DeliverEventsAsync(this VirtualApp app)
    {
        var events = app.Service<QueueServiceClient>().GetQueueClient(QueueNames.Events);
        var handled = 0;
        QueueMessage[] messages;
        do
        {
            messages = (await events.ReceiveMessagesAsync(32, VirtualApp.Invisibility)).Value;
            foreach (var message in messages)
            {
                await app.Service<DeliverEvent>().HandleAsync(EventJob.Parse(message.Body), default);
                await events.DeleteMessageAsync(message.MessageId, message.PopReceipt);
                handled++;
            }
        }
        while (messages.Length > 0);
        return handled;
    }
}
