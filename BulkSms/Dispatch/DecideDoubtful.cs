using BulkSms.Broadcasts;

namespace BulkSms.Dispatch;

/// <summary>
/// Ends what waited for a decision at the time to which storage was restored: it may have been decided since, its recipients texted, and their rows be gone. Waiting on would text people twice.
/// </summary>
public sealed class DecideDoubtful(BroadcastStore store, ApprovalDecisions approvals, DecideCanary canary, TimeProvider time)
{
    /// <summary>Decides.</summary>
    /// <returns>The broadcast as it is then; null: it is gone.</returns>
    public async Task<Broadcast?> RunAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        for (Broadcast? latest = broadcast; latest is not null; latest = await store.FindAsync(broadcast.Id, cancellation))
        {
            if (latest.AwaitsApproval)
            {
                await approvals.TryRejectDoubtfulAsync(latest, cancellation);
            }
            else if (latest.WaitsForCanary)
            {
                await canary.PauseRestoredAsync(latest, time.GetUtcNow(), cancellation);
            }
            else
            {
                return latest;
            }
        }

        return null;
    }
}
