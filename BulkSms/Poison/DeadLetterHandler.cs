using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Sending;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Poison;

/// <summary>
/// What a poison message means for its recipient's row. The host's giving up is no verdict: it says that storage was away, or that processes died, at
/// the wrong moments. Who is still Pending is nudged again, up to a number of times.
/// </summary>
public sealed partial class DeadLetterHandler(
    RecipientTable recipients, ClaimLedger ledger, WritePoison poison, EnqueueSendJobs nudge, IOptions<SendingOptions> options, ILogger<DeadLetterHandler> logger)
{
    /// <summary>Messages for one recipient that the host may give up before the recipient is.</summary>
    private const int MaxGivenUp = 3;

    private static readonly string TooOften = $"given up: the Functions host failed on it {MaxGivenUp} times";

    /// <summary>Settles the row after the host gave a message of it up.</summary>
    /// <exception cref="TimeoutException">The row kept changing, or storage would not say: the message comes again.</exception>
    public async Task SettleAsync(SendJob job, string messageId, CancellationToken cancellation)
    {
        switch (await recipients.ReadAsync(job.Key, cancellation))
        {
            case { Row: { Status: RecipientStatus.Pending } row }:
                await GoOnAsync(job, row, messageId, cancellation);
                break;
            case { Row: { Status: RecipientStatus.Sending } row } reading when reading.Age >= options.Value.ClaimLease:
                await ledger.ExpireAsync(row, cancellation);
                break;
            case { Row: { Status: RecipientStatus.Rejected, PoisonedAt: null } row }:
                await poison.AsItIsAsync(job, row, cancellation);
                break;
        }
    }

    /// <summary>Notes on the row that its poison message is written, if whoever wrote it did not come to that.</summary>
    public async Task MarkFiledAsync(SendJob job, SendFailure failure, CancellationToken cancellation)
    {
        if (await recipients.ReadAsync(job.Key, cancellation) is { Row: { Status: RecipientStatus.Rejected, PoisonedAt: null } row }
            && row.ClaimId == failure.ClaimId)
        {
            await ledger.MarkPoisonedAsync(row.Key, row.ETag, cancellation);
        }
    }

    private async Task GoOnAsync(SendJob job, Recipient row, string messageId, CancellationToken cancellation)
    {
        if (row.GivenUpBy == messageId)
        {
            await nudge.OneAsync(job.Again(row), cancellation); // counted before; whether it was nudged then is not known
            return;
        }

        if (row.GivenUp + 1 < MaxGivenUp)
        {
            var changes = new Azure.Data.Tables.TableEntity { [RecipientColumns.GivenUp] = row.GivenUp + 1, [RecipientColumns.GivenUpBy] = messageId };
            var written = await recipients.TryMergeAsync(row.Key, row.ETag, changes, cancellation) ?? throw Unsettled();
            await nudge.OneAsync(job.Again(row with { ETag = written.ETag }), cancellation);
            return;
        }

        Log.GivenUp(logger, job.BroadcastId, job.RecipientKey);
        var rejection = await ledger.RejectWaitingAsync(row.Key, row.ETag, 0, TooOften, cancellation) ?? throw Unsettled();
        await poison.AsItIsAsync(job, rejection, cancellation);
    }

    private static TimeoutException Unsettled() => new("The row of a message that the host gave up kept changing.");

    private static partial class Log
    {
        [LoggerMessage(EventId = 2601, Level = LogLevel.Error, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: the host failed too often on its messages; it is rejected")]
        public static partial void GivenUp(ILogger logger, string broadcastId, string recipientKey);
    }
}
