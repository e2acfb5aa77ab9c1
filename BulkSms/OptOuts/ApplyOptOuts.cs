using Azure.Data.Tables;
using BulkSms.Recipients;

namespace BulkSms.OptOuts;

/// <summary>
/// pending → optedOut, for each phone that is on the list by now. It changes the row's ETag, so the queue message that waits for the row can no longer claim
/// it: the check before sending costs the sender nothing. What is claimed is in flight and finishes; if it comes back, <see cref="EnqueueSendJobs"/> asks.
/// </summary>
public sealed class ApplyOptOuts(WaitingRows rows, IBroadcastOptOuts broadcasts, TimeProvider time)
{
    public const string Reason = "the recipient has opted out";

    /// <summary>How long after a text an opt-out says something about its broadcast.</summary>
    public static readonly TimeSpan Shortly = TimeSpan.FromHours(24);

    /// <summary>Stops what waits for these phones, by any of their numbers, in every broadcast that is not complete.</summary>
    /// <returns>How many were waiting.</returns>
    /// <exception cref="AggregateException">Some could not be stopped; all others were.</exception>
    public Task<int> InEveryBroadcastAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellation) =>
        rows.InEveryBroadcastAsync(
            numbers,
            async (broadcast, key, absent, stop) =>
            {
                var sentAt = default(DateTimeOffset?);
                var wasWaiting = await rows.ChangeAsync(key, absent, row => OptedOut(row, out sentAt), stop);
                await (!broadcast.IsTest && time.GetUtcNow() - sentAt < Shortly ? broadcasts.OptedOutAsync(broadcast.Id) : Task.CompletedTask);
                return wasWaiting;
            },
            cancellation);

    /// <summary>Stops one recipient, however often the row changes meanwhile; any state but Pending is left to who holds it.</summary>
    /// <param name="key">Whose row.</param>
    /// <param name="absent">
    /// The row to insert when there is none; null: nothing. A fan-out that is under way, or that waits in the queue, may have read the opt-outs before this one: it
    /// finds the row there, and leaves it.
    /// </param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether it was waiting.</returns>
    /// <exception cref="TimeoutException">The row kept changing, or storage is away.</exception>
    public Task<bool> ApplyAsync(RecipientKey key, TableEntity? absent, CancellationToken cancellation) =>
        rows.ChangeAsync(key, absent, row => OptedOut(row, out _), cancellation);

    private static RecipientEvent.OptedOut OptedOut(Recipient row, out DateTimeOffset? sentAt)
    {
        sentAt = row.SentAt;
        return new(Reason);
    }
}
