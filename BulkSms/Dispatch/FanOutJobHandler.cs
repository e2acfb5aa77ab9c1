using BulkSms.Broadcasts;
using BulkSms.SendingControl;

namespace BulkSms.Dispatch;

/// <summary>
/// The use case behind the queue <c>broadcast-expand</c>: brings a broadcast to where its state says it should be. Not fanned out: fan out. Canceled:
/// cancel what waits. Else: requeue what waits.
/// </summary>
public sealed class FanOutJobHandler(BroadcastStore store, FanOut fanOut, RequeuePending requeue, CancelPending cancel, ControlCache control, TimeProvider time)
{
    /// <summary>Handles one message; doing it again is harmless.</summary>
    public async Task RunAsync(string broadcastId, CancellationToken cancellation)
    {
        if (await store.FindAsync(broadcastId, cancellation) is not { CompletedAt: null, AwaitsApproval: false } broadcast)
        {
            return;
        }

        var hold = (await control.ReadAsync().WaitAsync(cancellation)).Of(broadcastId, broadcast.IsCanceled)?.Kind;
        if (DecideCanary.Holds(broadcast, hold is ControlKind.Paused, time.GetUtcNow()))
        {
            await (hold is null ? RequeueAsync(broadcast, null, cancellation) : Task.CompletedTask); // of the first part; the rest must not even have rows, since a pause takes seconds to be known
            return;
        }

        if (broadcast.FannedOutAt is null)
        {
            var begun = time.GetUtcNow();
            await fanOut.RunAsync(broadcast, cancellation);
            if (hold is null && broadcast.FannedOut > 0)
            {
                await RequeueAsync(broadcast, begun, cancellation); // it may have been held meanwhile: then senders have dropped send jobs of those before the checkpoint
            }
        }
        else if (hold is null)
        {
            await RequeueAsync(broadcast, null, cancellation);
        }

        if (hold is ControlKind.Canceled)
        {
            await cancel.RunAsync(broadcast, cancellation);
        }
    }

    // Noted first: the sweeper must not do the same at the same time.
    private Task<int> RequeueAsync(Broadcast broadcast, DateTimeOffset? unchangedSince, CancellationToken cancellation) =>
        requeue.RunAsync(broadcast, unchangedSince, cancellation, () => store.MarkRequeuedAsync(broadcast.Id, time.GetUtcNow(), cancellation));
}
