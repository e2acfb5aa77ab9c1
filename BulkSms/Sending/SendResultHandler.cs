using Azure;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// Writes down what came of a call, and does what follows from it. The row comes first, always: whatever follows is repeated by whoever finds the row
/// in that state.
/// </summary>
public sealed partial class SendResultHandler(
    ClaimLedger ledger,
    EnqueueSendJobs nudge,
    PoisonQueue poison,
    ChangeOptOuts optOuts,
    SendRateLimiter gate,
    ResultWatch watch,
    SuspendSending suspend,
    IOptions<SendingOptions> options,
    TimeProvider time,
    Random random,
    ILogger<SendResultHandler> logger)
{
    /// <summary>How long a rate limit without Retry-After stops the instance.</summary>
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(1);

    /// <summary>Settles one call.</summary>
    public Task HandleAsync(SendJob job, Claim claim, SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted accepted => AcceptedAsync(job, claim, accepted),
        SendOutcome.Retry retry => RetryAsync(job, claim, retry),
        SendOutcome.NotStarted late => AgainAsync(job, claim, BackoffFor(1), 0, late.Reason),
        SendOutcome.Rejected rejected => RejectedAsync(job, claim, rejected),
        SendOutcome.OptedOut optedOut => OptedOutAsync(job, claim, optedOut),
        SendOutcome.Suspend halt => SuspendAsync(job, claim, halt),
        SendOutcome.Unconfirmed unconfirmed => UnconfirmedAsync(job, claim, unconfirmed),
        _ => throw new InvalidOperationException($"An outcome that nobody settles: {outcome.GetType().Name}"),
    };

    /// <summary>Writes the poison message of a rejected recipient, then notes on the row that it is written.</summary>
    public async Task PoisonAsync(SendJob job, Recipient row, CancellationToken cancellation) =>
        await PoisonAsync(job, row.ETag, new(row.Code ?? 0, row.Reason ?? "", time.GetUtcNow(), row.Attempt, row.ClaimId ?? ""), cancellation);

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

    private async Task RetryAsync(SendJob job, Claim claim, SendOutcome.Retry retry)
    {
        if (retry.Cause is RetryCause.Congestion)
        {
            gate.SlowDown();
            gate.Pause(retry.After ?? DefaultPause);
        }

        var waits = job.Waits + 1;
        var delay = BackoffFor(waits);
        await AgainAsync(job with { Waits = waits }, claim, retry.After > delay ? retry.After.Value : delay, retry.Code, retry.Reason);
    }

    private TimeSpan BackoffFor(int waits) => Backoff.For(waits, options.Value.RetryBaseDelay, options.Value.RetryMaxDelay, random);

    // What was not processed is no attempt.
    private async Task AgainAsync(SendJob job, Claim claim, TimeSpan delay, int code, string reason)
    {
        var attempt = claim.Attempt - 1;
        var due = time.GetUtcNow() + delay;
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
            await PoisonAsync(job, etag, new(rejected.Code, rejected.Reason, time.GetUtcNow(), claim.Attempt, claim.Id), CancellationToken.None);
        }

        await watch.FailedAsync(job.Key, job.To, rejected.Code, later: false);
    }

    private async Task PoisonAsync(SendJob job, ETag etag, SendFailure failure, CancellationToken cancellation)
    {
        await poison.AddAsync(job with { Attempt = failure.Attempt }, failure, cancellation);
        await ledger.MarkPoisonedAsync(job.Key, etag, cancellation);
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

    private static void Explain(Azure.Data.Tables.TableEntity row, int code, string reason)
    {
        row[RecipientColumns.Code] = code;
        row[RecipientColumns.Reason] = reason;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: unconfirmed, {Reason}; nothing is sent again before it is proved")]
        public static partial void Unconfirmed(ILogger logger, string broadcastId, string recipientKey, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: message {Sid} is sent although the row said {Status}")]
        public static partial void SidOverruled(ILogger logger, string broadcastId, string recipientKey, string sid, string status);

        [LoggerMessage(Level = LogLevel.Error, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: message {Sid} found no row of its own")]
        public static partial void SidWithoutRow(ILogger logger, string broadcastId, string recipientKey, string sid);
    }
}
