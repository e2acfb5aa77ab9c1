using System.Text.Json;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Outbox;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;
using Microsoft.Extensions.Logging;

namespace BulkSms.Poison;

/// <summary>A message as it lies in a poison queue.</summary>
/// <param name="Id">Storage's id of it.</param>
/// <param name="Body">What it says.</param>
/// <param name="InsertedOn">When it came there; null when storage did not say.</param>
public sealed record PoisonedMessage(string Id, BinaryData Body, DateTimeOffset? InsertedOn);

/// <summary>
/// The use case behind the triggers on the poison queues: keeps what arrives, ours and the host's, and lets the row decide what else it means. Doing it
/// again is harmless.
/// </summary>
public sealed partial class FilePoison(
    PoisonTable table, RecipientTable recipients, DeadLetterHandler givenUp, BroadcastStore broadcasts, TimeProvider time, ILogger<FilePoison> logger)
{
    private const string ByHost = "the Functions host gave it up after too many deliveries";

    /// <summary>Files a message of <c>sms-outbound-poison</c> or <c>sms-outbound-high-poison</c>.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="queue">Where it was.</param>
    public async Task SmsAsync(PoisonedMessage message, CancellationToken cancellation, string queue = QueueNames.OutboundPoison)
    {
        if (Read(message, SendJob.Parse) is not { } job)
        {
            await FileUnreadAsync(queue, message, cancellation);
            return;
        }

        var entry = (job.Failure is { } failure ? Ours(job, failure) : Hosts(job, message)) with { Queue = queue };
        await table.FileAsync(entry, cancellation); // before any row is read: that is what may have failed
        var broadcast = await broadcasts.FindWithoutRecipientsAsync(job.BroadcastId, cancellation);
        if (broadcast is { ErasedAt: not null })
        {
            await table.DeleteAsync(job.BroadcastId, cancellation); // it came too late to be erased with the others
            return;
        }

        var found = (await recipients.ReadAsync(job.Key, cancellation))?.Row;
        if (found is null && broadcast is { ListVersion: > 0 })
        {
            await table.DeleteAsync(job.Key, cancellation); // the person is erased: it came too late for that
            return;
        }

        Log.Filed(logger, job.BroadcastId, job.RecipientKey, job.Failure?.Code ?? 0, job.Failure is null ? PoisonSource.Host : PoisonSource.BulkSms);
        if (found is { } row)
        {
            await table.NameRecipientAsync(entry with { To = entry.To ?? row.To, Line = row.Line, Index = row.RequestIndex, Reference = row.Reference }, cancellation);
        }

        await (job.Failure is { } verdict
            ? givenUp.MarkFiledAsync(job, verdict, cancellation)
            : givenUp.HandleAsync(job, message.Id, cancellation));
    }

    /// <summary>Files a message of <c>broadcast-expand-poison</c>. The broadcast goes on by itself: the sweeper does what the message asked for.</summary>
    public async Task ExpandAsync(PoisonedMessage message, CancellationToken cancellation)
    {
        if (Read(message, FanOutJob.Parse) is not { } job)
        {
            await FileUnreadAsync(QueueNames.ExpandPoison, message, cancellation);
            return;
        }

        Log.ExpandFiled(logger, job.BroadcastId);
        await table.FileAsync(
            new()
            {
                Id = PoisonId.OfExpand(job.BroadcastId, Key(message)),
                Queue = QueueNames.ExpandPoison,
                Source = PoisonSource.Host,
                At = At(message),
                Reason = ByHost,
                BroadcastId = job.BroadcastId,
            },
            cancellation);
    }

    /// <summary>Files a message of <c>events-outbound-poison</c>. What the host gave up goes on by itself: the sweeper requeues the delivery.</summary>
    public async Task EventAsync(PoisonedMessage message, CancellationToken cancellation)
    {
        if (Read(message, EventJob.Parse) is not { } job)
        {
            await FileUnreadAsync(QueueNames.EventsPoison, message, cancellation);
            return;
        }

        await table.FileAsync(
            new()
            {
                Id = PoisonId.OfEvent(job.Endpoint, job.Delivery),
                Queue = QueueNames.EventsPoison,
                Source = job.Failure is null ? PoisonSource.Host : PoisonSource.BulkSms,
                At = job.Failure?.At ?? At(message),
                Reason = $"event endpoint {job.Endpoint}, delivery {EventDelivery.IdOf(job.Delivery)}: {job.Failure?.Reason ?? ByHost}",
                Attempts = job.Failure?.Attempts ?? 0,
            },
            cancellation);
    }

    private static T? Read<T>(PoisonedMessage message, Func<BinaryData, T> parse)
        where T : class
    {
        try
        {
            return parse(message.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PoisonEntry Ours(SendJob job, SendFailure failure) => new()
    {
        Id = PoisonId.Of(job.Key, failure.ClaimId),
        Queue = QueueNames.OutboundPoison,
        Source = PoisonSource.BulkSms,
        At = failure.At,
        Reason = failure.Reason,
        Code = failure.Code,
        Attempts = failure.Attempt,
        BroadcastId = job.BroadcastId,
        Recipient = job.Key,
        To = job.IsReference ? null : job.To,
        ClaimId = failure.ClaimId,
    };

    private PoisonEntry Hosts(SendJob job, PoisonedMessage message) => new()
    {
        Id = PoisonId.OfHosts(job.Key, Key(message)),
        Queue = QueueNames.OutboundPoison,
        Source = PoisonSource.Host,
        At = At(message),
        Reason = ByHost,
        Attempts = job.Attempt,
        BroadcastId = job.BroadcastId,
        Recipient = job.Key,
        To = job.IsReference ? null : job.To,
    };

    private Task FileUnreadAsync(string queue, PoisonedMessage message, CancellationToken cancellation)
    {
        Log.Unread(logger, queue, message.Id);
        return table.FileAsync(
            new()
            {
                Id = PoisonId.OfUnread(Key(message)),
                Queue = queue,
                Source = PoisonSource.Host,
                At = At(message),
                Reason = "the message could not be read",
                Body = message.Body.ToArray(),
            },
            cancellation);
    }

    private DateTimeOffset At(PoisonedMessage message) => message.InsertedOn ?? time.GetUtcNow();

    private static string Key(PoisonedMessage message) => message.Id.ToLowerInvariant();

    private static partial class Log
    {
        [LoggerMessage(EventId = 2602, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: a poison message with code {Code} by {Source} is filed")]
        public static partial void Filed(ILogger logger, string broadcastId, string recipientKey, int code, PoisonSource source);

        [LoggerMessage(EventId = 2603, Level = LogLevel.Error, Message = "Broadcast {BroadcastId}: the host gave its fan-out message up; the sweeper goes on with it")]
        public static partial void ExpandFiled(ILogger logger, string broadcastId);

        [LoggerMessage(EventId = 2604, Level = LogLevel.Error, Message = "Queue {Queue}, message {MessageId} cannot be read; it is filed as it is")]
        public static partial void Unread(ILogger logger, string queue, string messageId);
    }
}
