using Azure;
using BulkSms.Common;
using BulkSms.Storage;

namespace BulkSms.SendingControl;

/// <summary>What became of asking for a reconciliation.</summary>
public enum ReconciliationStart
{
    /// <summary>It runs: since now, or since an earlier request.</summary>
    Runs,

    /// <summary>An earlier request has started it for the same time, and it is finished.</summary>
    Finished,

    /// <summary>Sending is not suspended.</summary>
    NotSuspended,

    /// <summary>The time lies after the suspension.</summary>
    TooLate,
}

/// <summary>
/// The row of the <see cref="Reconciliation"/>, the last or the one that runs, beside those of <see cref="ControlTable"/>. It is only ever written under its ETag.
/// </summary>
public sealed class ReconciliationTable(ControlRows rows, ControlTable control, TimeProvider time)
{
    private const int Tries = 20;

    /// <summary>The one that runs; null: none does.</summary>
    public async Task<Reconciliation?> FindRunningAsync(CancellationToken cancellation)
    {
        return await rows.FindAsync(Reconciliation.RowKey, cancellation) is { } found && Reconciliation.Read(found) is { IsRunning: true } running ? running : null;
    }

    /// <summary>
    /// Starts a reconciliation while sending is suspended. One that runs is adopted. Of two times the earlier one counts, since it sets aside everything that the later one does: an
    /// earlier time than that of the one that runs makes it begin again.
    /// </summary>
    /// <param name="since">The time that storage was restored to.</param>
    /// <param name="done">Is told before the first write.</param>
    /// <returns>What became of it, and since when sending is suspended.</returns>
    public async Task<(ReconciliationStart Outcome, DateTimeOffset SuspendedAt)> StartAsync(DateTimeOffset since, WorkDone done)
    {
        for (var i = 0; i < Tries; i++)
        {
            var now = await control.ReadAsync(CancellationToken.None);
            var running = now.Reconciliation is { IsRunning: true } found ? found : null;
            if (now.Suspension is not { } suspension)
            {
                return (now.Reconciliation?.Since == since ? ReconciliationStart.Finished : ReconciliationStart.NotSuspended, default);
            }

            var suspendedAt = running?.SuspendedAt ?? suspension.Since;
            if (since >= suspendedAt || running?.Since <= since)
            {
                return (since >= suspendedAt ? ReconciliationStart.TooLate : ReconciliationStart.Runs, suspendedAt);
            }

            done.Begin();
            var started = new Reconciliation { Since = since, SuspendedAt = suspendedAt, StartedAt = time.GetUtcNow() };
            if (await TryWriteAsync(started, now.Reconciliation?.ETag, CancellationToken.None) is not null)
            {
                return (ReconciliationStart.Runs, suspendedAt);
            }
        }

        throw new TimeoutException("The reconciliation kept changing.");
    }

    /// <summary>Writes how far it has come, if its row is still the one that was read.</summary>
    /// <returns>As it is then; null when another time was asked for, or another instance does the work: what is read next tells.</returns>
    public Task<Reconciliation?> TrySaveAsync(Reconciliation progress, CancellationToken cancellation) => TryWriteAsync(progress, progress.ETag, cancellation);

    private async Task<Reconciliation?> TryWriteAsync(Reconciliation reconciliation, ETag? etag, CancellationToken cancellation)
    {
        try
        {
            var row = reconciliation.Write(ControlRows.Partition);
            var told = !reconciliation.IsRunning && !await control.IsSuspendedAsync(cancellation) ? await control.ResumedAsync(cancellation) : [];
            return reconciliation with { ETag = etag is { } read ? await rows.ReplaceAsync(row, read, cancellation, told) : await rows.AddAsync(row, cancellation) };
        }
        catch (RequestFailedException e) when (!e.IsNotSetUp() && (e.IsConflict() || e.IsNotFound()))
        {
            return null; // another was first, or our own first try
        }
    }
}
