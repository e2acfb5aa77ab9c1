using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Telemetry;
using Microsoft.Extensions.Logging;

namespace BulkSms.Dispatch;

/// <summary>Closes a broadcast once every recipient is in a final status and every poison message is written.</summary>
public sealed partial class CompleteBroadcast(
    BroadcastStore store, RecipientTable recipients, CountProgress counts, ControlCache controls, ControlTable table, BroadcastMetrics metrics, TimeProvider time, ILogger<CompleteBroadcast> logger)
{
    /// <summary>Completes the broadcast if it is done. It was read before the counting: what changes it meanwhile (a replay) makes the completion fail.</summary>
    public async Task RunAsync(Broadcast broadcast, DateTimeOffset now, CancellationToken cancellation)
    {
        if (broadcast.OpenUntil > now)
        {
            return;
        }

        // Whether it may be done is asked first: the first row that is not ends that, whereas counting reads all that have come to their end, in every sweep.
        if (await recipients.AnyAsync(broadcast.Id, broadcast.Shards, StatusFilter.Unfinished, cancellation))
        {
            if (broadcast.HandedOverAt is null && !await recipients.AnyAsync(broadcast.Id, broadcast.Shards, StatusFilter.Open, cancellation))
            {
                await store.MarkHandedOverAsync(broadcast, cancellation);
            }

            return;
        }

        // What has come to an end does not change meanwhile: ClosedBroadcasts opens the broadcast first.
        var totals = await BroadcastProgress.CountBilledAsync(recipients, broadcast, now, cancellation);
        if (totals.Rows != broadcast.RecipientsCount || totals.Final != totals.Rows || totals.Unpoisoned != 0)
        {
            return; // also where a row took another's place while they were counted
        }

        var held = await controls.ReadAsync().WaitAsync(cancellation);
        if (await store.CompleteAsync(broadcast, totals, cancellation))
        {
            metrics.Completed(broadcast.Id, time.GetUtcNow() - broadcast.CreatedAt);
            Log.Completed(logger, broadcast.Id, totals.Final, broadcast.RecipientsCount);
            await counts.ForgetAsync(broadcast, cancellation);
            await table.ReleaseAsync(broadcast.Id, held, cancellation); // after: a replay in between has opened it again, and a pause holds that too
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2907, Level = LogLevel.Information, Message = "Broadcast {BroadcastId} is completed: {Final} of {Recipients} in a final state")]
        public static partial void Completed(ILogger logger, string broadcastId, int final, int recipients);
    }
}
