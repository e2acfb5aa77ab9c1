using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.SendingControl;
using Microsoft.Extensions.Logging;

namespace BulkSms.Dispatch;

/// <summary>
/// After storage was restored to an earlier time its rows may say "pending" of messages that were sent since. This goes through the recipients of every active broadcast and sets
/// aside whom that may concern (<see cref="SetAsideDoubtful"/>), a part at each sweep. How far it has come stands in the row of the <see cref="Reconciliation"/>, which suspends sending
/// until it is finished. It may die anywhere, and two may do it at once: what is set aside is not set aside twice.
/// </summary>
public sealed partial class ReconcileAfterRestore(
    BroadcastStore store, FanOut fanOut, SetAsideDoubtful doubtful, ReconciliationTable table, SuspendSending sending, DecideDoubtful decisions, TimeProvider time, ILogger<ReconcileAfterRestore> logger)
{
    /// <summary>How long one part may take: it shares host.json's functionTimeout with the sweeper.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(3);

    /// <summary>Does a part of the reconciliation that runs, if one does. What fails is told in the log, and tried again at the next sweep.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var budget = new CancellationTokenSource(Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, stopping);
        try
        {
            if (await table.FindRunningAsync(either.Token) is { } running)
            {
                await GoOnAsync(running, either.Token);
            }
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            Log.GoesOn(logger);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            Log.Interrupted(logger, e.GetType().Name);
        }
    }

    // Ids sort newest first, so a broadcast that is accepted meanwhile stands before those that are done: it cannot have been sent before it was accepted.
    private async Task GoOnAsync(Reconciliation running, CancellationToken cancellation)
    {
        var active = await store.ListActiveAsync(cancellation).Where(id => string.CompareOrdinal(id, running.DoneTo) > 0).ToListAsync(cancellation);
        Reconciliation? progress = running with { BroadcastsTotal = running.BroadcastsDone + active.Count };
        foreach (var id in active)
        {
            progress = await ThroughAsync(progress, id, cancellation);
            progress = progress is null ? null : await table.TrySaveAsync(progress with { DoneTo = id, Position = null, BroadcastsDone = progress.BroadcastsDone + 1 }, cancellation);
            if (progress is null)
            {
                return; // an earlier time was asked for, or another instance does the same
            }
        }

        if (await table.TrySaveAsync(progress with { FinishedAt = time.GetUtcNow() }, cancellation) is { } finished)
        {
            Log.Finished(logger, finished.RecipientsSetAside, finished.BroadcastsDone);
            await sending.RequeueAsync(); // the sweeper does it, too
        }
    }

    private async Task<Reconciliation?> ThroughAsync(Reconciliation progress, string id, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { } read)
        {
            return progress;
        }

        // What was accepted after the restore is in no doubt.
        if ((read.CreatedAt <= progress.Since + ClocksDiffer ? await decisions.RunAsync(read, cancellation) : read) is not { } broadcast)
        {
            return progress;
        }

        if (broadcast.FannedOutAt is null)
        {
            await fanOut.RunAsync(broadcast, cancellation); // rows that were made, and sent to, after that time; nothing is sent while this runs
        }

        var from = progress.Position?.BroadcastId == id ? progress.Position : new(id, 0, null);
        foreach (var shard in Shard.Of(id, broadcast.Shards).Skip(from.Shard))
        {
            var after = shard.Number == from.Shard ? from.After : null;
            await foreach (var rows in doubtful.KeysAsync(shard, after, cancellation).WithCancellation(cancellation))
            {
                var setAside = await doubtful.SetAsideAsync(broadcast, rows, progress.Since, cancellation);
                var next = progress with { RecipientsSetAside = progress.RecipientsSetAside + setAside, Position = new(id, shard.Number, rows[^1].Id) };
                if (await table.TrySaveAsync(next, cancellation) is not { } saved)
                {
                    return null;
                }

                progress = saved;
            }
        }

        return progress;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2913, Level = LogLevel.Warning, Message = "What may have been sent before storage was restored is set aside: {Recipients} recipients of {Broadcasts} broadcasts. They are reconciled with Twilio before anything is sent to them")]
        public static partial void Finished(ILogger logger, int recipients, int broadcasts);

        [LoggerMessage(EventId = 2914, Level = LogLevel.Information, Message = "The reconciliation after a restore is not finished; the next sweep goes on with it")]
        public static partial void GoesOn(ILogger logger);

        [LoggerMessage(EventId = 2915, Level = LogLevel.Warning, Message = "The reconciliation after a restore was interrupted ({Fault}); the next sweep goes on with it, and sending stays suspended")]
        public static partial void Interrupted(ILogger logger, string fault);
    }
}
