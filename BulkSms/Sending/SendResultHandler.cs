using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;

namespace BulkSms.Sending;

/// <summary>
/// Writes down what came of a call, and does what follows from it. The row comes first, always: the queue and the sweeper repeat what follows from a row's
/// status.
/// </summary>
public sealed partial class SendResultHandler(
    ClaimLedger ledger, ChangeRecipient change, ChangeOptOuts optOuts, RetrySchedule schedule, ResultWatch watch, SuspendSending suspend, ILogger<SendResultHandler> logger)
{
    /// <summary>Records what came of one call.</summary>
    /// <exception cref="TimeoutException">Storage is away: the claim lapses, and the message is reconciled.</exception>
    public Task HandleAsync(SendJob job, Claim claim, SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted accepted => AcceptedAsync(job, claim, accepted),
        SendOutcome.Retry retry => ReturnedAsync(job with { Waits = job.Waits + 1 }, claim, new(claim.Id, schedule.NextAfter(retry, job.Waits + 1, job.Profile), retry.Code, retry.Reason)),
        SendOutcome.NotStarted late => ReturnedAsync(job, claim, new(claim.Id, schedule.NextAfterNoStart(), 0, late.Reason)),
        SendOutcome.Rejected rejected => RejectedAsync(job, claim, rejected),
        SendOutcome.OptedOut optedOut => OptedOutAsync(job, claim, optedOut),
        SendOutcome.Suspend refused => SuspendAsync(job, claim, refused),
        SendOutcome.Unconfirmed unconfirmed => UnconfirmedAsync(job, claim, unconfirmed),
        _ => throw new InvalidOperationException($"An outcome without a handler: {outcome.GetType().Name}"),
    };

    private async Task AcceptedAsync(SendJob job, Claim claim, SendOutcome.Accepted accepted)
    {
        var recorded = await ledger.RecordSidAsync(claim.Key, claim.Row, accepted.Sid, accepted.Status, row =>
            Log.SidOverruled(logger, job.BroadcastId, job.RecipientKey, accepted.Sid, row.Status));
        if (!recorded)
        {
            Log.SidWithoutRow(logger, job.BroadcastId, job.RecipientKey, accepted.Sid);
        }

        await watch.SentAsync(job.Key, job.To, later: false);
    }

    private Task ReturnedAsync(SendJob job, Claim claim, RecipientEvent.Returned returned) => RecordAsync(job, claim, returned);

    private async Task RejectedAsync(SendJob job, Claim claim, SendOutcome.Rejected rejected)
    {
        await RecordAsync(job, claim, new RecipientEvent.Rejected(claim.Id, rejected.Code, rejected.Reason));
        await watch.FailedAsync(job.Key, job.To, rejected.Code, later: false);
    }

    // The list first, and everything else that waits for this person: if we die in between, the row is found with a claim, and nothing else is sent to them meanwhile.
    private async Task OptedOutAsync(SendJob job, Claim claim, SendOutcome.OptedOut optedOut)
    {
        await optOuts.AddAsync([job.To], OptOutSource.Twilio);
        await RecordAsync(job, claim, new RecipientEvent.Blocked(claim.Id, optedOut.Code, optedOut.Reason));
    }

    // Sending is stopped first: each further call would fail alike.
    private async Task SuspendAsync(SendJob job, Claim claim, SendOutcome.Suspend refused)
    {
        await suspend.SuspendAsync(refused.Code, refused.Reason, job.Profile);
        await RecordAsync(job, claim, new RecipientEvent.Suspended(claim.Id, refused.Code, refused.Reason));
    }

    private async Task UnconfirmedAsync(SendJob job, Claim claim, SendOutcome.Unconfirmed unconfirmed)
    {
        Log.Unconfirmed(logger, job.BroadcastId, job.RecipientKey, unconfirmed.Reason);
        await RecordAsync(job, claim, new RecipientEvent.InDoubt(claim.Id, claim.At, unconfirmed.Code, unconfirmed.Reason));
    }

    private async Task RecordAsync(SendJob job, Claim claim, RecipientEvent.CallResult result)
    {
        if (await ledger.RecordAsync(claim, result) is { } row)
        {
            await change.FollowAsync(job, row, RecipientState.FollowsFrom(result), CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2416, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: unconfirmed, {Reason}; nothing is sent again before it is proved")]
        public static partial void Unconfirmed(ILogger logger, string broadcastId, string recipientKey, string reason);

        [LoggerMessage(EventId = 2417, Level = LogLevel.Error, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: message {Sid} is sent although the row said {Status}")]
        public static partial void SidOverruled(ILogger logger, string broadcastId, string recipientKey, string sid, string status);

        [LoggerMessage(EventId = 2418, Level = LogLevel.Error, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: message {Sid} found no row of its own")]
        public static partial void SidWithoutRow(ILogger logger, string broadcastId, string recipientKey, string sid);
    }
}
