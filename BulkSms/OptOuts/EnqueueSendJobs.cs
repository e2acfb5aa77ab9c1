using BulkSms.Queues;

namespace BulkSms.OptOuts;

/// <summary>
/// Writes the queue messages of rows that are Pending, but for those who have opted out: they become OptedOut. Whoever opts out is put on the list
/// first and looked for in the rows after; here the row is Pending first and the list is read after. So one of both sees the other.
/// </summary>
public sealed class EnqueueSendJobs(OptOutCache optOuts, ApplyOptOuts stop, OutboundQueue outbound)
{
    /// <summary>Nudges one row that was found, or made, Pending before this call.</summary>
    /// <returns>False when its number has opted out, so that it waits no more.</returns>
    public async Task<bool> OneAsync(SendJob job, CancellationToken cancellation)
    {
        if ((await optOuts.ReadAsync().WaitAsync(cancellation)).Contains(job.To))
        {
            await stop.ApplyAsync(job.Key, null, cancellation);
            return false;
        }

        await outbound.EnqueueAsync(job, cancellation);
        return true;
    }

    /// <summary>Nudges many, as many at a time as there are slots.</summary>
    /// <param name="jobs">Their nudges.</param>
    /// <param name="optedOut">Read after the rows were Pending, or after the commit of a broadcast whose rows are being made.</param>
    /// <param name="slots">How many at a time.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task AllAsync(IEnumerable<SendJob> jobs, OptOutSet optedOut, SemaphoreSlim slots, CancellationToken cancellation)
    {
        var gone = jobs.ToLookup(job => optedOut.Contains(job.To));
        await Task.WhenAll([outbound.EnqueueAllAsync(gone[false], slots, cancellation), .. gone[true].Select(job => stop.ApplyAsync(job.Key, null, cancellation))]);
    }
}
