using BulkSms.Broadcasts;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>What is done about a send job whose row is no longer as the send job says: the send job is not the truth, the row is.</summary>
public sealed partial class StaleSendJob(
    RecipientTable recipients,
    ClaimLedger ledger,
    BroadcastStore broadcasts,
    ReconcileUnconfirmed reconcile,
    EnqueueSendJobs enqueue,
    WritePoison poison,
    IOptions<SendingOptions> options,
    ILogger<StaleSendJob> logger)
{
    /// <summary>Reads the row and does what it calls for.</summary>
    public async Task HandleAsync(SendJob job, CancellationToken stopping) => await HandleAsync(job, await recipients.ReadAsync(job.Key, stopping), stopping);

    /// <summary>Does what a row calls for.</summary>
    /// <param name="job">The send job.</param>
    /// <param name="found">The row; null: it is gone.</param>
    /// <param name="stopping">Fires when the host stops.</param>
    public async Task HandleAsync(SendJob job, RecipientTable.Reading? found, CancellationToken stopping)
    {
        switch (found)
        {
            case { Row.Status: RecipientStatus.Pending }:
                await enqueue.OneAsync(job.Again(found.Row), stopping);
                break;
            case { Row.Status: RecipientStatus.Sending } when found.Age >= options.Value.ClaimLease:
                await ledger.ExpireAsync(found.Row, stopping);
                Log.ClaimExpired(logger, job.BroadcastId, job.RecipientKey);
                break;
            case { Row.Status: RecipientStatus.Unconfirmed } when await broadcasts.FindAsync(job.BroadcastId, stopping) is { } broadcast:
                await reconcile.LookAsync(broadcast, job.Key, stopping); // if a look is due
                break;
            case { Row: { Status: RecipientStatus.Rejected, PoisonedAt: null } }:
                await poison.AsItIsAsync(job, found.Row, stopping);
                break;
            default:
                Log.Dropped(logger, job.BroadcastId, job.RecipientKey, found?.Row.Status ?? "(gone)");
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2419, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: the sender that had claimed it is gone; it is unconfirmed now")]
        public static partial void ClaimExpired(ILogger logger, string broadcastId, string recipientKey);

        [LoggerMessage(EventId = 2420, Level = LogLevel.Debug, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: a stale send job is dropped, the row is {Status}")]
        public static partial void Dropped(ILogger logger, string broadcastId, string recipientKey, string status);
    }
}
