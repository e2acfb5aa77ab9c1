using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.StatusCallbacks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Dispatch;

/// <summary>What a sweep does about one broadcast.</summary>
public sealed class SweepBroadcast(
    FinishFanOut fanOut, CancelPending cancel, RequeueForgotten forgotten, SweepRows rows, PollMissing poll, FinishedRecipients finished, CompleteBroadcast complete, TimeProvider time)
{
    /// <summary>Goes on with the broadcast where it has stopped.</summary>
    /// <param name="broadcast">The broadcast as it was read just now.</param>
    /// <param name="held">What is paused, suspended and canceled.</param>
    /// <param name="oldestSendJobs">See <see cref="RequeueForgotten.OldestSendJobsAsync"/>.</param>
    /// <param name="cancellation">The end of the sweep.</param>
    public async Task RunAsync(Broadcast broadcast, ControlSet held, OldestSendJobs? oldestSendJobs, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var standsAtCanary = DecideCanary.Holds(broadcast, held.IsPaused(broadcast.Id, broadcast.IsCanceled), now);
        if (broadcast.FannedOutAt is null && !standsAtCanary)
        {
            await fanOut.RunAsync(broadcast, now, cancellation);
            return;
        }

        var isCanceled = held.IsCanceled(broadcast.Id, broadcast.IsCanceled);
        if (broadcast.SendAt > now && !isCanceled)
        {
            return; // nothing is due
        }

        if (isCanceled)
        {
            await cancel.RunAsync(broadcast, cancellation);
        }
        else if (!held.Stop(broadcast.Id, broadcast.Profile) && oldestSendJobs is { } oldest)
        {
            await forgotten.RunAsync(broadcast, now, oldest, cancellation);
        }

        await rows.RunAsync(broadcast, cancellation);
        await poll.RunAsync(broadcast, cancellation);
        await finished.MarkAsync(broadcast.Id, cancellation); // an instance may have been unable to
        await (standsAtCanary ? fanOut.DecideCanaryAsync(broadcast, now, cancellation) : complete.RunAsync(broadcast, now, cancellation));
    }
}

/// <summary>Finishes a fan-out that gives no sign of life, ends a wait for an approval that has lasted until the broadcast's end, and decides what stops after its first part.</summary>
public sealed partial class FinishFanOut(FanOut fanOut, ApprovalDecisions approvals, DecideCanary canary, IOptions<BroadcastOptions> options, ILogger<FinishFanOut> logger)
{
    /// <summary>Goes on with it, if its last checkpoint is old enough.</summary>
    public async Task RunAsync(Broadcast broadcast, DateTimeOffset now, CancellationToken cancellation)
    {
        if (broadcast.AwaitsApproval)
        {
            if (broadcast.ExpiresAt <= now && await approvals.TryExpireAsync(broadcast, cancellation) is { } expired)
            {
                Log.ApprovalExpired(logger, broadcast.Id);
                await fanOut.RunAsync(expired, cancellation);
            }
        }
        else if (now - broadcast.Timestamp > options.Value.UnfinishedAfter)
        {
            Log.FinishingFanOut(logger, broadcast.Id, broadcast.FannedOut, broadcast.RecipientsCount);
            await fanOut.RunAsync(broadcast, cancellation);
        }
    }

    /// <summary>Decides whether the broadcast goes on after its first part.</summary>
    public Task DecideCanaryAsync(Broadcast broadcast, DateTimeOffset now, CancellationToken cancellation) => canary.RunAsync(broadcast, now, cancellation);

    private static partial class Log
    {
        [LoggerMessage(EventId = 2904, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}: finishing a fan-out that stopped at {Done} of {Recipients}")]
        public static partial void FinishingFanOut(ILogger logger, string broadcastId, int done, int recipients);

        [LoggerMessage(EventId = 2916, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId} was not approved before it expired: nothing of it is sent")]
        public static partial void ApprovalExpired(ILogger logger, string broadcastId);
    }
}
