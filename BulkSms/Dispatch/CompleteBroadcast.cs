using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Telemetry;
using Microsoft.Extensions.Logging;

namespace BulkSms.Dispatch;

/// <summary>Closes a broadcast once every recipient is in a final status and every poison message is written.</summary>
public sealed partial class CompleteBroadcast(
    BroadcastStore store, RecipientTable recipients, ControlCache controls, ControlTable table, BroadcastMetrics metrics, TimeProvider time, ILogger<CompleteBroadcast> logger)
{
    /// <summary>Completes the broadcast if it is done. It was read before the counting: what changes it meanwhile (a replay) makes the completion fail.</summary>
    public async Task RunAsync(Broadcast broadcast, DateTimeOffset now, CancellationToken cancellation)
    {
        if (broadcast.OpenUntil > now)
        {
            return;
        }

        var progress = await BroadcastProgress.CountAsync(recipients, broadcast, now, cancellation);
        if (progress.Rows != broadcast.RecipientsCount || progress.Final != progress.Rows || progress.Unpoisoned != 0)
        {
            if (progress.Rows == broadcast.RecipientsCount && progress.Open == 0 && broadcast.HandedOverAt is null)
            {
                await store.MarkHandedOverAsync(broadcast, cancellation);
            }

            return;
        }

        // Once more with the numbers' countries, which would be too dear in every sweep. What has come to an end does not change meanwhile: ClosedBroadcasts opens the broadcast first.
        var totals = await BroadcastProgress.CountBilledAsync(recipients, broadcast, now, cancellation);
        if (totals.Rows != broadcast.RecipientsCount)
        {
            return; // a row took another's place while they were counted
        }

        var held = await controls.ReadAsync().WaitAsync(cancellation);
        if (await store.CompleteAsync(broadcast, totals, cancellation))
        {
            metrics.Completed(broadcast.Id, time.GetUtcNow() - broadcast.CreatedAt);
            Log.Completed(logger, broadcast.Id, progress.Final, broadcast.RecipientsCount);
            await table.ReleaseAsync(broadcast.Id, held, cancellation); // after: a replay in between has opened it again, and a pause holds that too
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2907, Level = LogLevel.Information, Message = "Broadcast {BroadcastId} is completed: {Final} of {Recipients} in a final state")]
        public static partial void Completed(ILogger logger, string broadcastId, int final, int recipients);
    }
}
