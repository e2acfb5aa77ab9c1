using Azure.Data.Tables;
using BulkSms.Broadcasts;
using BulkSms.Recipients;

namespace BulkSms.OptOuts;

/// <summary>
/// Marks rows that are Pending as held for the review list. As with an opt-out, that changes the row's ETag, so a send job that is in the queue can no longer claim it;
/// unlike with an opt-out it stays Pending, is counted, expires as others do, and is enqueued again once a person has decided.
/// </summary>
public sealed class ReviewHolds(WaitingRows rows)
{
    /// <summary>Holds what waits for these phones in every broadcast that is not complete.</summary>
    public Task<int> InEveryBroadcastAsync(IReadOnlyCollection<string> phones, CancellationToken cancellation) =>
        rows.InEveryBroadcastAsync(phones, (_, key, absent, stop) => HoldAsync(key, absent, stop), cancellation);

    /// <summary>Holds one recipient; any state but Pending is left to who holds it.</summary>
    public Task<bool> HoldAsync(RecipientKey key, TableEntity? absent, CancellationToken cancellation) =>
        rows.ChangeAsync(key, absent, _ => new RecipientEvent.Held(HeldFor.OptOutReview), cancellation);
}

/// <summary>Enqueues again what was held for the review list, once a person has decided.</summary>
public sealed class ReleaseHolds(WaitingRows rows, RecipientTable recipients, EnqueueSendJobs enqueue)
{
    /// <summary>Lets go what was held for these phones. Once too often is harmless: the list is read before anything is enqueued.</summary>
    /// <returns>How many messages wait for their turn again.</returns>
    public Task<int> InEveryBroadcastAsync(IReadOnlyCollection<string> phones, CancellationToken cancellation) =>
        rows.InEveryBroadcastAsync(phones, (broadcast, key, _, stop) => ReleaseAsync(broadcast, key, stop), cancellation);

    /// <summary>Lets go one recipient.</summary>
    public async Task<bool> ReleaseAsync(Broadcast broadcast, RecipientKey key, CancellationToken cancellation)
    {
        var released = await rows.ChangeAsync(key, null, _ => new RecipientEvent.Released(), cancellation);
        if (!released || await recipients.ReadAsync(key, cancellation) is not { Row: { Status: RecipientStatus.Pending } row })
        {
            return false;
        }

        await enqueue.OneAsync(Queues.SendJob.For(broadcast, row), cancellation);
        return true;
    }
}
