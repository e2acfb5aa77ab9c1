using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention;

/// <summary>
/// Erases the personal data of a completed broadcast: numbers, texts, recipients' rows, poison messages, the uploaded list. Its row stays, with its totals: late
/// callbacks and replays find that it was there. It begins with a mark on the row, so that the next to come finishes what died half-way.
/// </summary>
public sealed partial class EraseBroadcast(
    ClosedBroadcasts closed, RecipientTable recipients, RecipientBlobs blobs, RequestTraces traces, ErasedElsewhere elsewhere, ControlTable holds, IOptions<RetentionOptions> options, ILogger<EraseBroadcast> logger)
{
    /// <summary>Erases it, or goes on erasing it.</summary>
    /// <param name="broadcast">As it was read.</param>
    /// <param name="cancellation">Stops; the next to come goes on.</param>
    /// <param name="done">Is told what is done.</param>
    /// <returns>False when it is not completed, or only just: who waits must not be forgotten.</returns>
    public async Task<bool> RunAsync(Broadcast broadcast, CancellationToken cancellation, WorkDone? done = null)
    {
        done?.Begin();
        if (broadcast.ErasedAt is null && !await closed.TryBeginEraseAsync(broadcast.Id, options.Value.EraseAfter, cancellation))
        {
            return false;
        }

        done?.Say("The erasing has begun: the text is gone from the broadcast's row. The sweeper finishes it, too.");
        var rows = await Task.WhenAll(Shard.Of(broadcast.Id, broadcast.Shards).Select(shard => recipients.DeleteAsync(shard, cancellation)));
        done?.Count("recipientsErased", rows.Sum());
        var (messages, deliveries) = await elsewhere.EraseAsync(broadcast.Id, cancellation);
        done?.Count("poisonMessagesErased", messages);
        done?.Count("eventDeliveriesErased", deliveries);
        await blobs.DeleteAsync(broadcast.Id, cancellation);
        await traces.ForgetAsync(broadcast, cancellation);
        await holds.ReleaseAsync(broadcast.Id, await holds.ReadAsync(cancellation), cancellation); // who completed it may have died before
        await closed.EndEraseAsync(broadcast.Id, cancellation);
        Log.Erased(logger, broadcast.Id, rows.Sum(), messages);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2801, Level = LogLevel.Information, Message = "Broadcast {BroadcastId} is erased: {Recipients} recipients, {PoisonMessages} poison messages")]
        public static partial void Erased(ILogger logger, string broadcastId, int recipients, int poisonMessages);
    }
}
