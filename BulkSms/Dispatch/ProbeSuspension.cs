using BulkSms.Broadcasts;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Twilio;

namespace BulkSms.Dispatch;

/// <summary>
/// While sending is suspended senders drop the send jobs. So when a probe is due one of the pending recipients gets a send job again, and the sender that takes it makes the
/// call.
/// </summary>
public sealed class ProbeSuspension(BroadcastStore store, RecipientTable recipients, EnqueueSendJobs enqueue, TwilioAccounts accounts, TimeProvider time)
{
    /// <summary>Enqueues one send job for each probe that is due.</summary>
    /// <returns>Whether there was a message to send.</returns>
    public async Task<bool> RunAsync(ControlSet control, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var isFound = false;
        foreach (var due in control.Suspensions.Where(each => each.IsProbeDue(now)))
        {
            isFound |= await RunAsync(due, control, now, cancellation);
        }

        return isFound;
    }

    private async Task<bool> RunAsync(Suspension due, ControlSet control, DateTimeOffset now, CancellationToken cancellation)
    {
        await foreach (var id in store.ListActiveAsync(cancellation))
        {
            if (await store.FindAsync(id, cancellation) is { } broadcast && (broadcast.FannedOutAt is not null || broadcast.WaitsForCanary) && !(broadcast.SendAt > now)
                && control.Of(id, broadcast.IsCanceled) is null
                && control.DueProbeOf(broadcast.Profile, now) == due
                && await accounts.HasAsync(broadcast.Profile, broadcast.Account, cancellation) is not false
                && await FirstDueAsync(broadcast, now, cancellation) is { } row
                && await enqueue.OneAsync(SendJob.For(broadcast, row), cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private ValueTask<Recipient?> FirstDueAsync(Broadcast broadcast, DateTimeOffset now, CancellationToken cancellation) => Shard
        .Of(broadcast.Id, broadcast.Shards).ToAsyncEnumerable()
        .SelectMany(shard => recipients.Rows(shard, StatusFilter.Pending, null, cancellation))
        .FirstOrDefaultAsync(row => row.HeldFor is null && !(row.DueAt > now) && !(row.ExpiresAt <= now), cancellation);
}
