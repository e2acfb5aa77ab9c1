using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Sending;
using Microsoft.Extensions.Logging;

namespace BulkSms.Poison;

/// <summary>
/// What a poison message means for its recipient's row. The host's giving up is no verdict: it says that storage was away, or that processes died, at
/// the wrong moments. A recipient that is still pending is enqueued again, up to a number of times.
/// </summary>
public sealed partial class DeadLetterHandler(RecipientTable recipients, ChangeRecipient change, ContinueRecipient next, ILogger<DeadLetterHandler> logger)
{
    /// <summary>Messages for one recipient that the host may give up before the recipient is.</summary>
    private const int MaxGivenUp = 3;

    private static readonly string TooOften = $"given up: the Functions host failed on it {MaxGivenUp} times";

    /// <summary>Does what the row calls for after the host gave up a message of it.</summary>
    /// <exception cref="TimeoutException">The row kept changing, or storage would not say: the message comes again.</exception>
    public async Task HandleAsync(SendJob job, string messageId, CancellationToken cancellation)
    {
        var found = await recipients.ReadAsync(job.Key, cancellation);
        await (found is { Row: { Status: RecipientStatus.Pending } row } ? GoOnAsync(job, row, messageId, cancellation) : next.HandleAsync(job, found, cancellation));
    }

    /// <summary>Notes on the row that its poison message is written, if its writer did not come to that.</summary>
    public async Task MarkFiledAsync(SendJob job, SendFailure failure, CancellationToken cancellation)
    {
        if (await recipients.ReadAsync(job.Key, cancellation) is { Row: { Status: RecipientStatus.Rejected, PoisonedAt: null } row }
            && row.ClaimId == failure.ClaimId)
        {
            await recipients.TryApplyAsync(row, new RecipientEvent.PoisonWritten(failure.At), cancellation);
        }
    }

    private async Task GoOnAsync(SendJob job, Recipient row, string messageId, CancellationToken cancellation)
    {
        var givenUp = new RecipientEvent.QueueMessageGivenUp(messageId);
        if (givenUp.IsIn(row))
        {
            await change.FollowAsync(job, row, RecipientState.FollowsFrom(givenUp), cancellation); // counted before; whether it was enqueued then is not known
        }
        else if (row.GivenUp + 1 < MaxGivenUp)
        {
            _ = await change.TryAsync(job, row, givenUp, cancellation) ?? throw StillChanging();
        }
        else
        {
            Log.GivenUp(logger, job.BroadcastId, job.RecipientKey);
            _ = await change.TryAsync(job, row, new RecipientEvent.RejectedUnsent(Guid.NewGuid().ToString("N"), 0, TooOften), cancellation) ?? throw StillChanging();
        }
    }

    private static TimeoutException StillChanging() => new("The row of a message that the host gave up kept changing.");

    private static partial class Log
    {
        [LoggerMessage(EventId = 2601, Level = LogLevel.Error, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: the host failed too often on its messages; it is rejected")]
        public static partial void GivenUp(ILogger logger, string broadcastId, string recipientKey);
    }
}
