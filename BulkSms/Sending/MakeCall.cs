using System.Diagnostics;
using BulkSms.Queues;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;

namespace BulkSms.Sending;

/// <summary>Makes the call of a claimed message, and tells metrics, trace and log what came of it.</summary>
public sealed partial class MakeCall(CallProvider provider, SendLanes lanes, StatusCallbackUrl callbacks, SendMetrics metrics, TimeProvider time, ILogger<MakeCall> logger)
{
    /// <summary>Makes the call; never throws.</summary>
    /// <param name="job">The message.</param>
    /// <param name="account">The credentials that it was claimed with.</param>
    /// <param name="claimed">The right to make it.</param>
    /// <param name="activity">Its trace; null: none is kept.</param>
    public async Task<SendOutcome> RunAsync(SendJob job, TwilioCredentials account, ClaimSend.Claimed claimed, Activity? activity)
    {
        var claim = claimed.Claim;
        var sms = new OutgoingSms(job.To, job.Text, job.Service!, callbacks.For(job.Key, claim.Id, activity?.Id), OutgoingSms.ValidityOf(job.ExpiresAt, time.GetUtcNow()));
        var lane = lanes.Of(job.Profile);
        var turn = await lane.Limiter.HandOverAsync(job.Segments, claimed.Limits.Deadline, job.High);
        var begun = time.GetTimestamp();
        var outcome = turn is null
            ? new SendOutcome.NotStarted("its turn did not come within the send deadline")
            : await lane.Circuit.CallAsync(() => provider.CallAsync(sms, account, claimed.Limits with { Deadline = turn }));
        var took = time.GetElapsedTime(begun);
        metrics.Called(job, outcome, took);
        activity?.SetTag("bulksms.recipient.key", job.RecipientKey).SetTag("bulksms.attempt", claim.Attempt).SetTag("bulksms.outcome", SendMetrics.NameOf(outcome));
        Log.Called(
            logger, job.BroadcastId, job.RecipientKey, claim.Attempt, outcome.GetType().Name, took.TotalMilliseconds, (outcome as SendOutcome.Accepted)?.Sid, SendMetrics.CodeOf(outcome));
        return outcome;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2407, Level = LogLevel.Information, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}, attempt {Attempt}: {Outcome} after {Duration} ms; message {Sid}, code {Code}")]
        public static partial void Called(ILogger logger, string broadcastId, string recipientKey, int attempt, string outcome, double duration, string? sid, int code);
    }
}
