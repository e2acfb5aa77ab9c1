using BulkSms.Broadcasts;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.Dispatch;

/// <summary>
/// Writes a queue message for every recipient who waits: resuming, replaying and recovering are this one act. One too many costs a storage call, never
/// a text.
/// </summary>
public sealed class RequeuePending(RecipientTable recipients, OptOutCache optOuts, EnqueueSendJobs enqueue, ReleaseHolds release, IOptions<BroadcastOptions> options)
{
    private const int Slice = 500;

    /// <summary>Requeues the pending recipients of a broadcast.</summary>
    /// <param name="broadcast">Whose recipients.</param>
    /// <param name="unchangedSince">Only rows last written before; null: all.</param>
    /// <param name="cancellation">Stops between slices.</param>
    /// <param name="beforeFirst">Called once, when there is a recipient to be requeued.</param>
    /// <param name="isOthers">Whether another Twilio account sends them, and none of their send jobs is to be passed on by hosts of this one.</param>
    /// <returns>How many were requeued.</returns>
    public async Task<int> RunAsync(Broadcast broadcast, DateTimeOffset? unchangedSince, CancellationToken cancellation, Func<Task>? beforeFirst = null, bool isOthers = false)
    {
        var requeued = 0;
        using var slots = new SemaphoreSlim(options.Value.EnqueueConcurrency);
        foreach (var shard in Shard.Of(broadcast.Id, broadcast.Shards))
        {
            await foreach (var rows in recipients.Rows(shard, StatusFilter.Pending, null, cancellation, unchangedSince).Chunk(Slice).WithCancellation(cancellation))
            {
                var optedOut = await optOuts.ReadAsync().WaitAsync(cancellation);
                var waiting = rows
                    .Where(row => unchangedSince is null || row.DueAt is null || row.DueAt < unchangedSince)
                    .Where(row => row.HeldFor is null || !optedOut.IsInReview(row.To) || optedOut.Contains(row.To)) // it waits for a person, and is marked so
                    .ToArray();
                if (requeued == 0 && waiting.Length > 0 && beforeFirst is not null)
                {
                    await beforeFirst();
                }

                await Task.WhenAll(waiting.Where(row => row.HeldFor is not null && !optedOut.Contains(row.To)).Select(row => release.ReleaseAsync(broadcast, row.Key, cancellation)));
                await enqueue.AllAsync(
                    waiting.Where(row => row.HeldFor is null || optedOut.Contains(row.To)).Select(row => SendJob.For(broadcast, row) with { PassedOn = isOthers ? SendJob.MostPasses : 0 }),
                    optedOut, slots, cancellation);
                requeued += waiting.Length;
            }
        }

        return requeued;
    }
}
