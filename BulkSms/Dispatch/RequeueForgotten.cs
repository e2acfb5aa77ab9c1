using BulkSms.Broadcasts;
using BulkSms.Queues;
using BulkSms.Storage;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Dispatch;

/// <summary>Requeues recipients that wait without a send job: it was lost, or its process died.</summary>
public sealed partial class RequeueForgotten(
    RequeuePending requeue, OutboundQueue outbound, BroadcastStore store, TwilioAccounts accounts, IOptions<BroadcastOptions> options, TimeProvider time, ILogger<RequeueForgotten> logger)
{
    /// <summary>A row is written before its send job, by so much at most, and storage tells the send job's time in whole seconds.</summary>
    private static readonly TimeSpan SendJobFollowsWithin = TimeSpan.FromSeconds(15);

    /// <summary>So many times as long waits what another Twilio account sends: a host that has it may be there, and have lost a send job.</summary>
    private const int PatienceWithOthers = 6;

    /// <summary>A row that was written before these times has no send job in its queue. Null: it is not known, and then this sweep requeues nothing.</summary>
    public async Task<OldestSendJobs?> OldestSendJobsAsync(CancellationToken cancellation)
    {
        try
        {
            return new(await OldestAsync(isHigh: false, cancellation), await OldestAsync(isHigh: true, cancellation));
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.QueueNotRead(logger, e.GetType().Name);
            return null;
        }
    }

    /// <summary>
    /// Requeues what gives no sign of life, while the queue shows nothing older: a sender renews the rows that it holds, and all other send jobs are still in the queue.
    /// </summary>
    public async Task RunAsync(Broadcast broadcast, DateTimeOffset now, OldestSendJobs oldest, CancellationToken cancellation)
    {
        var patience = options.Value.RequeueAfter;
        var isOthers = await accounts.HasAsync(broadcast.Profile, broadcast.Account, cancellation) is false;
        if (isOthers)
        {
            Log.OtherAccount(logger, broadcast.Id, broadcast.Profile);
            patience *= PatienceWithOthers;
        }

        var oldestSendJob = broadcast.IsHigh ? oldest.High : oldest.Normal;
        var before = now - patience < oldestSendJob ? now - patience : oldestSendJob;
        if (broadcast.RequeuedAt > before)
        {
            return;
        }

        try
        {
            // Noted first: one that takes longer than a sweep may must not begin anew in each of them.
            if (await requeue.RunAsync(broadcast, before, cancellation, () => store.MarkRequeuedAsync(broadcast.Id, time.GetUtcNow(), cancellation), isOthers) is var requeued and > 0)
            {
                Log.Requeued(logger, broadcast.Id, requeued);
            }
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            await store.MarkRequeuedAsync(broadcast.Id, broadcast.RequeuedAt ?? NoTime.Value, cancellation); // the next sweep tries again
            throw;
        }
    }

    private async Task<DateTimeOffset> OldestAsync(bool isHigh, CancellationToken cancellation) =>
        await outbound.OldestAsync(isHigh, cancellation) is { } oldest ? oldest - SendJobFollowsWithin : DateTimeOffset.MaxValue;

    private static partial class Log
    {
        [LoggerMessage(EventId = 2905, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}: {Recipients} recipients had waited too long and are requeued")]
        public static partial void Requeued(ILogger logger, string broadcastId, int recipients);

        [LoggerMessage(EventId = 2906, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId} was accepted for another Twilio account than this app has for the profile {Profile}, or the profile is not set; what waits of it is held")]
        public static partial void OtherAccount(ILogger logger, string broadcastId, string profile);

        [LoggerMessage(EventId = 2909, Level = LogLevel.Warning, Message = "The queue could not be read ({Fault}): this sweep requeues nothing")]
        public static partial void QueueNotRead(ILogger logger, string fault);
    }
}

/// <summary>Rows that were written before these times have no send job in their queue.</summary>
/// <param name="Normal">Of <c>sms-outbound</c>.</param>
/// <param name="High">Of <c>sms-outbound-high</c>.</param>
public sealed record OldestSendJobs(DateTimeOffset Normal, DateTimeOffset High);
