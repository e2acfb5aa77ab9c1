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

/// <summary>
/// The queue triggers. A message that throws comes back until maxDequeueCount and then goes to the poison queue. Those that need no more of a message than its text are given no more: to read all
/// of it costs the worker a tenth of what sending does.
/// </summary>
public sealed class QueueFunctions(SendSms sendSms, FanOutJobHandler expandBroadcast, DeliverEvent deliverEvent, FilePoison filePoison)
{
    [Function("SendSms")]
    public Task Send([QueueTrigger(QueueNames.Outbound)] string message, CancellationToken cancellation) =>
        sendSms.HandleAsync(SendJob.Parse(BinaryData.FromString(message)), cancellation);

    [Function("SendSmsHigh")]
    public Task SendHigh([QueueTrigger(QueueNames.OutboundHigh)] string message, CancellationToken cancellation) =>
        sendSms.HandleAsync(SendJob.Parse(BinaryData.FromString(message)), cancellation);

    [Function("FanOutJobHandler")]
    public Task Expand([QueueTrigger(QueueNames.Expand)] string message, CancellationToken cancellation) =>
        expandBroadcast.RunAsync(FanOutJob.Parse(BinaryData.FromString(message)).BroadcastId, cancellation);

    [Function("DeliverEvent")]
    public Task Deliver([QueueTrigger(QueueNames.Events)] string message, CancellationToken cancellation) =>
        deliverEvent.HandleAsync(EventJob.Parse(BinaryData.FromString(message)), cancellation);

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
