using Azure.Data.Tables;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;

namespace BulkSms.Sending;

/// <summary>
/// Writes down what came of a call, and does what follows from it. The row comes first, always: whatever follows is repeated by whoever finds the row
/// in that state.
/// </summary>
public sealed partial class SendResultHandler(
    ClaimLedger ledger,
    EnqueueSendJobs nudge,
    WritePoison poison,
    ChangeOptOuts optOuts,
    RetrySchedule schedule,
    ResultWatch watch,
    SuspendSending suspend,
    ILogger<SendResultHandler> logger)
{
    /// <summary>Settles one call.</summary>
    public Task HandleAsync(SendJob job, Claim claim, SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted accepted => AcceptedAsync(job, claim, accepted),
        SendOutcome.Retry retry => AgainAsync(job with { Waits = job.Waits + 1 }, claim, schedule.NextAfter(retry, job.Waits + 1), retry.Code, retry.Reason),
        SendOutcome.NotStarted late => AgainAsync(job, claim, schedule.NextAfterNoStart(), 0, late.Reason),
        SendOutcome.Rejected rejected => RejectedAsync(job, claim, rejected),
        SendOutcome.OptedOut optedOut => OptedOutAsync(job, claim, optedOut),
        SendOutcome.Suspend halt => SuspendAsync(job, claim, halt),
        SendOutcome.Unconfirmed unconfirmed => UnconfirmedAsync(job, claim, unconfirmed),
        _ => throw new InvalidOperationException($"An outcome that nobody settles: {outcome.GetType().Name}"),
    };

    private async Task AcceptedAsync(SendJob job, Claim claim, SendOutcome.Accepted accepted)
    {
        var recorded = await ledger.RecordSidAsync(claim.Key, claim.ETag, accepted.Sid, accepted.Status, row =>
            Log.SidOverruled(logger, job.BroadcastId, job.RecipientKey, accepted.Sid, row.Status));
        if (!recorded)
        {
            Log.SidWithoutRow(logger, job.BroadcastId, job.RecipientKey, accepted.Sid);
        }

        await watch.SentAsync(job.Key, job.To, later: false);
    }

    // What was not processed is no attempt.
    private async Task AgainAsync(SendJob job, Claim claim, DateTimeOffset due, int code, string reason)
    {
        var attempt = claim.Attempt - 1;
        var etag = await ledger.RecordAsync(claim, RecipientStatus.Pending, row =>
        {
            row[RecipientColumns.Attempt] = attempt;
            row[RecipientColumns.DueAt] = due;
            row[RecipientColumns.Code] = code;
            row[RecipientColumns.Reason] = reason;
        });
        if (etag is { } pending)
        {
            await nudge.OneAsync(job with { RowETag = pending.ToString(), Attempt = attempt, DueAt = due }, CancellationToken.None);
        }
    }

    private async Task RejectedAsync(SendJob job, Claim claim, SendOutcome.Rejected rejected)
    {
        if (await ledger.RecordAsync(claim, RecipientStatus.Rejected, row => Explain(row, rejected.Code, rejected.Reason)) is { } etag)
        {
            await poison.AfterClaimAsync(job, claim, etag, rejected.Code, rejected.Reason);
        }

        await watch.FailedAsync(job.Key, job.To, rejected.Code, later: false);
    }

    // The list and everybody else who waits first: should we die in between, the row is found Claimed, but nobody else texts this person meanwhile.
    private async Task OptedOutAsync(SendJob job, Claim claim, SendOutcome.OptedOut optedOut)
    {
        await optOuts.AddAsync([job.To], OptOutSource.Twilio);
        await ledger.RecordAsync(claim, RecipientStatus.OptedOut, row => Explain(row, optedOut.Code, optedOut.Reason));
    }

    // Everybody is stopped first: each further call would fail alike.
    private async Task SuspendAsync(SendJob job, Claim claim, SendOutcome.Suspend halt)
    {
        await suspend.SuspendAsync(halt.Code, halt.Reason);
        await ledger.RecordAsync(claim, RecipientStatus.Pending, row =>
        {
            Explain(row, halt.Code, halt.Reason);
            row[RecipientColumns.Attempt] = claim.Attempt - 1;
        });
    }

    private async Task UnconfirmedAsync(SendJob job, Claim claim, SendOutcome.Unconfirmed unconfirmed)
    {
        Log.Unconfirmed(logger, job.BroadcastId, job.RecipientKey, unconfirmed.Reason);
        await ledger.RecordAsync(claim, RecipientStatus.Unconfirmed, row =>
        {
            Explain(row, unconfirmed.Code, unconfirmed.Reason);
            row[RecipientColumns.ClaimedAt] = claim.At;
            row[RecipientColumns.AbsentAt] = NoTime.Value;
        });
    }

    private static void Explain(TableEntity row, int code, string reason)
    {
        row[RecipientColumns.Code] = code;
        row[RecipientColumns.Reason] = reason;
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
