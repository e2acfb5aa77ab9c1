using BulkSms.Holds;
using BulkSms.Queues;

namespace BulkSms.Broadcasts;

/// <summary>
/// The use case behind the queue <c>broadcast-expand</c>: brings a broadcast to where its state says it should be. Not fanned out: fan out. Canceled:
/// cancel who waits. Else: nudge who waits.
/// </summary>
public sealed class ExpandBroadcast(BroadcastStore store, FanOut fanOut, NudgeWaiting nudge, CancelWaiting cancel, HoldWatch holds, OutboundQueue outbound)
{
    /// <summary>Storage tells in whole seconds when a message was written.</summary>
    private static readonly TimeSpan WholeSecond = TimeSpan.FromSeconds(1);

    /// <summary>Handles one message; doing it again is harmless.</summary>
    public async Task RunAsync(string broadcastId, CancellationToken cancellation)
    {
        if (await store.FindAsync(broadcastId, cancellation) is not { CompletedAt: null } broadcast)
        {
            return;
        }

        var hold = broadcast.IsCanceled ? HoldKind.Canceled : (await holds.ReadAsync().WaitAsync(cancellation)).Of(broadcastId);
        if (broadcast.FannedOutAt is null)
        {
            var oldest = await outbound.OldestAsync(cancellation);
            await fanOut.RunAsync(broadcast, cancellation);
            if (hold is null && broadcast.FannedOut > 0)
            {
                // It may have been held while it was fanned out: then senders have dropped nudges of those before the checkpoint. Later ones are still in the queue.
                await nudge.RunAsync(broadcast, oldest + WholeSecond, cancellation);
            }
        }
        else if (hold is null)
        {
            await nudge.RunAsync(broadcast, null, cancellation);
        }

        if (hold is HoldKind.Canceled)
        {
            await cancel.RunAsync(broadcast, cancellation);
        }
    }
}
