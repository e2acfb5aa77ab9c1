using BulkSms.Queues;

namespace BulkSms.OptOuts;

/// <summary>
/// Writes the send jobs of rows that are pending, but for phones that have opted out: their rows become optedOut. A phone that opts out is put on the list
/// first and looked for in the rows after; here the row is Pending first and the list is read after. So one of both sees the other. The same holds for the review
/// list: what waits for a phone on it is held.
/// </summary>
public sealed class EnqueueSendJobs(OptOutCache optOuts, ApplyOptOuts stop, ReviewHolds holds, OutboundQueue outbound)
{
    /// <summary>Writes the send job of one row that was found, or made, pending before this call.</summary>
    /// <returns>False when its number has opted out, so that it waits no more.</returns>
    public async Task<bool> OneAsync(SendJob job, CancellationToken cancellation)
    {
        var known = await optOuts.ReadAsync().WaitAsync(cancellation);
        if (known.Contains(job.To))
        {
            await stop.ApplyAsync(job.Key, null, cancellation);
            return false;
        }

        if (known.IsInReview(job.To))
        {
            await holds.HoldAsync(job.Key, null, cancellation);
            return true; // it waits: for a person
        }

        await outbound.EnqueueAsync(job, cancellation);
        return true;
    }

    /// <summary>Writes many, as many at a time as there are slots.</summary>
    /// <param name="jobs">Their send jobs.</param>
    /// <param name="optedOut">Read after the rows were Pending, or after the commit of a broadcast whose rows are being made.</param>
    /// <param name="slots">How many at a time.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task AllAsync(IEnumerable<SendJob> jobs, OptOutSet optedOut, SemaphoreSlim slots, CancellationToken cancellation)
    {
        var jobsBy = jobs.ToLookup(job => optedOut.Contains(job.To) ? "out" : optedOut.IsInReview(job.To) ? "review" : "go");
        await Task.WhenAll(
            [
                outbound.EnqueueAllAsync(jobsBy["go"], slots, cancellation),
                .. jobsBy["out"].Select(job => stop.ApplyAsync(job.Key, null, cancellation)),
                .. jobsBy["review"].Select(job => holds.HoldAsync(job.Key, null, cancellation)),
            ]);
    }
}
