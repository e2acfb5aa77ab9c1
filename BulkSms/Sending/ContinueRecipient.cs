using BulkSms.Broadcasts;
using BulkSms.Queues;
using BulkSms.Recipients;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>Does what a recipient's row calls for. A queue message only says "look at this row"; the row is the truth.</summary>
public sealed partial class ContinueRecipient(
    RecipientTable recipients, BroadcastStore broadcasts, ReconcileUnconfirmed reconcile, ChangeRecipient change, IOptions<SendingOptions> options, TimeProvider time, ILogger<ContinueRecipient> logger)
{
    /// <summary>A send job with its number and text: of one that only names its row, and that nothing has changed since, they are read.</summary>
    /// <returns>Null: it is stale, and what its row calls for is done.</returns>
    public async Task<SendJob?> CompleteAsync(SendJob job, CancellationToken stopping)
    {
        if (!job.IsReference)
        {
            return job;
        }

        if (await recipients.ReadAsync(job.Key, stopping) is not { } found || await broadcasts.FindWithoutRecipientsAsync(job.BroadcastId, stopping) is not { } broadcast)
        {
            Log.Dropped(logger, job.BroadcastId, job.RecipientKey, "(gone)");
            return null;
        }

        if (found.Row is not { Status: RecipientStatus.Pending })
        {
            await HandleAsync(broadcast, found, stopping);
            return null;
        }

        var whole = SendJob.For(broadcast, found.Row) with { Waits = job.Waits, PassedOn = job.PassedOn };
        if (found.Row.ETag == job.ETag)
        {
            return whole;
        }

        await HandleAsync(whole, found, stopping);
        return null;
    }

    /// <summary>Reads the row of a send job and does what it calls for: the send job is stale.</summary>
    public async Task HandleAsync(SendJob job, CancellationToken stopping) => await HandleAsync(job, await recipients.ReadAsync(job.Key, stopping), stopping);

    /// <summary>Does what a row calls for that was found instead of what the send job says.</summary>
    /// <param name="job">The send job.</param>
    /// <param name="found">The row; null: it is gone.</param>
    /// <param name="stopping">Fires when the host stops.</param>
    public async Task HandleAsync(SendJob job, RecipientTable.Reading? found, CancellationToken stopping)
    {
        var step = found is null ? NextStep.None : NextSteps.Of(found, time.GetUtcNow(), options.Value.ClaimLease);
        if (step is NextStep.None)
        {
            Log.Dropped(logger, job.BroadcastId, job.RecipientKey, found?.Row.Status ?? "(gone)");
        }
        else if (step is not NextStep.Reconcile)
        {
            await RunAsync(step, job, found!.Row, stopping);
        }
        else if (await broadcasts.FindAsync(job.BroadcastId, stopping) is { } broadcast)
        {
            await reconcile.RunAsync(broadcast, job.Key, stopping);
        }
    }

    /// <summary>Does what a row of a broadcast calls for; what waits is left to its send job. For the sweeper.</summary>
    public async Task HandleAsync(Broadcast broadcast, RecipientTable.Reading found, CancellationToken stopping)
    {
        switch (NextSteps.Of(found, time.GetUtcNow(), options.Value.ClaimLease, poisonAfter: options.Value.ClaimLease))
        {
            case NextStep.None or NextStep.Enqueue:
                break;
            case NextStep.Reconcile:
                await reconcile.RunAsync(broadcast, found.Row.Key, stopping);
                break;
            case var step:
                await RunAsync(step, SendJob.For(broadcast, found.Row), found.Row, stopping);
                break;
        }
    }

    private async Task RunAsync(NextStep step, SendJob job, Recipient row, CancellationToken stopping)
    {
        switch (step)
        {
            case NextStep.Enqueue:
                await change.FollowAsync(job, row, FollowUp.SendJob, stopping);
                break;
            case NextStep.Expire:
                await recipients.TryApplyAsync(row, new RecipientEvent.Expired(), stopping);
                break;
            case NextStep.LapseClaim when await recipients.TryApplyAsync(row, new RecipientEvent.ClaimLapsed(), stopping) is not null:
                Log.ClaimLapsed(logger, job.BroadcastId, job.RecipientKey);
                break;
            case NextStep.WritePoison:
                await change.FollowAsync(job, row, FollowUp.PoisonMessage, stopping);
                break;
            case NextStep.Close: // a callback at the same time wins
                await recipients.TryApplyAsync(row, new RecipientEvent.Closed(), stopping);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2419, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: the sender that had claimed it is gone; it is unconfirmed now")]
        public static partial void ClaimLapsed(ILogger logger, string broadcastId, string recipientKey);

        [LoggerMessage(EventId = 2420, Level = LogLevel.Debug, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: a stale send job is dropped, the row is {Status}")]
        public static partial void Dropped(ILogger logger, string broadcastId, string recipientKey, string status);
    }
}
