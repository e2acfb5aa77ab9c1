using Azure.Storage.Queues.Models;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Events;
using BulkSms.Poison;
using BulkSms.Queues;
using BulkSms.Sending;
using BulkSms.Storage;
using Microsoft.Azure.Functions.Worker;

namespace BulkSms.Functions.Triggers;

/// <summary>The queue triggers. A message that throws comes back until maxDequeueCount and then goes to the poison queue.</summary>
public sealed class QueueFunctions(SendSms sendSms, FanOutJobHandler expandBroadcast, DeliverEvent deliverEvent, FilePoison filePoison)
{
    [Function("SendSms")]
    public Task Send([QueueTrigger(QueueNames.Outbound)] QueueMessage message, CancellationToken cancellation) =>
        sendSms.HandleAsync(SendJob.Parse(message.Body), cancellation);

    [Function("SendSmsHigh")]
    public Task SendHigh([QueueTrigger(QueueNames.OutboundHigh)] QueueMessage message, CancellationToken cancellation) =>
        sendSms.HandleAsync(SendJob.Parse(message.Body), cancellation);

    [Function("FanOutJobHandler")]
    public Task Expand([QueueTrigger(QueueNames.Expand)] QueueMessage message, CancellationToken cancellation) =>
        expandBroadcast.RunAsync(FanOutJob.Parse(message.Body).BroadcastId, cancellation);

    [Function("DeliverEvent")]
    public Task Deliver([QueueTrigger(QueueNames.Events)] QueueMessage message, CancellationToken cancellation) =>
        deliverEvent.HandleAsync(EventJob.Parse(message.Body), cancellation);

    [Function("FilePoisonedSms")]
    public Task FileSms([QueueTrigger(QueueNames.OutboundPoison)] QueueMessage message, CancellationToken cancellation) =>
        filePoison.SmsAsync(new(message.MessageId, message.Body, message.InsertedOn), cancellation);

    [Function("FilePoisonedHighSms")]
    public Task FileHighSms([QueueTrigger(QueueNames.OutboundHighPoison)] QueueMessage message, CancellationToken cancellation) =>
        filePoison.SmsAsync(new(message.MessageId, message.Body, message.InsertedOn), cancellation, QueueNames.OutboundHighPoison);

    [Function("FilePoisonedExpand")]
    public Task FileExpand([QueueTrigger(QueueNames.ExpandPoison)] QueueMessage message, CancellationToken cancellation) =>
        filePoison.ExpandAsync(new(message.MessageId, message.Body, message.InsertedOn), cancellation);

    [Function("FilePoisonedEvent")]
    public Task FileEvent([QueueTrigger(QueueNames.EventsPoison)] QueueMessage message, CancellationToken cancellation) =>
        filePoison.EventAsync(new(message.MessageId, message.Body, message.InsertedOn), cancellation);
}
