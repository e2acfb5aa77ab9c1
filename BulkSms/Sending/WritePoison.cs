using Azure;
using BulkSms.Queues;
using BulkSms.Recipients;

namespace BulkSms.Sending;

/// <summary>Writes the poison message of a rejected recipient, then notes on the row that it is written: the sweeper writes what is not noted.</summary>
public sealed class WritePoison(PoisonQueue queue, ClaimLedger ledger, TimeProvider time)
{
    /// <summary>For a row as it was read.</summary>
    public Task AsItIsAsync(SendJob job, Recipient row, CancellationToken cancellation) =>
        WriteAsync(job, row.ETag, new(row.Code ?? 0, row.Reason ?? "", time.GetUtcNow(), row.Attempt, row.ClaimId ?? ""), cancellation);

    /// <summary>For a claim that has just been rejected.</summary>
    /// <param name="job">Its send job.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="etag">Of the row that says so.</param>
    /// <param name="code">Twilio's code; 0 when it gave none.</param>
    /// <param name="reason">In words.</param>
    public Task AfterClaimAsync(SendJob job, Claim claim, ETag etag, int code, string reason) =>
        WriteAsync(job, etag, new(code, reason, time.GetUtcNow(), claim.Attempt, claim.Id), CancellationToken.None);

    private async Task WriteAsync(SendJob job, ETag etag, SendFailure failure, CancellationToken cancellation)
    {
        await queue.AddAsync(job with { Attempt = failure.Attempt }, failure, cancellation);
        await ledger.MarkPoisonedAsync(job.Key, etag, cancellation);
    }
}
