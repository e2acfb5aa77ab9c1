using BulkSms.Queues;
using BulkSms.Recipients;

namespace BulkSms.Sending;

/// <summary>Sends messages back that find their profile's line full: each is due again at its turn, so that the queue trigger has places for those of other profiles.</summary>
public sealed class CrowdedLanes(ChangeRecipient change, TimeProvider time, Random random)
{
    /// <summary>Sends one back.</summary>
    /// <returns>Whether it is in the queue again; else its row had changed, and decides.</returns>
    public async Task<bool> SendBackAsync(SendLane lane, SendJob job, CancellationToken stopping)
    {
        var due = lane.Line!.ComeBackAt(time.GetUtcNow(), job.Segments, lane.Rate, random.NextDouble());
        return await change.TryAsync(job, job.Row, new RecipientEvent.Postponed(due), stopping) is not null;
    }
}
