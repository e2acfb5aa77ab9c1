using System.Collections.Concurrent;
using BulkSms.Broadcasts;
using BulkSms.SendingControl;
using Microsoft.Extensions.Logging;

namespace BulkSms.Dispatch;

/// <summary>
/// Finishes what died half-way: fan-outs, recipients that wait without a send job, claims whose holder is gone, calls whose end is not known,
/// poison messages that were not written; and closes broadcasts that are done. It goes through active broadcasts only. Two sweeps at once do no harm.
/// </summary>
public sealed partial class Sweeper(
    BroadcastStore store, ControlCache controls, SweepControls once, RequeueForgotten forgotten, SweepBroadcast each, ApprovalGauge approvals, TimeProvider time, ILogger<Sweeper> logger)
{
    /// <summary>How often it is run, in Functions' notation (with seconds) and as a period.</summary>
    public const string Schedule = "0 * * * * *";

    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>How long one sweep may take: below host.json's functionTimeout.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(5);

    private const int BroadcastsAtOnce = 4;

    /// <summary>The last broadcast that a sweep came to before it ran out of time; null: it came to all.</summary>
    private volatile string? latest;

    /// <summary>Sweeps once. A broadcast that fails is told in the log and does not keep the others waiting.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var budget = new CancellationTokenSource(Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, stopping);
        try
        {
            await SweepAllAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            Log.OutOfTime(logger);
        }
    }

    // Each sweep begins after the last broadcast that the one before had come to, if it ran out of time: else the older ones would never have their turn.
    private async Task SweepAllAsync(CancellationToken cancellation)
    {
        await once.RepeatOptOutsAsync(cancellation);
        var held = await controls.ReadAsync().WaitAsync(cancellation);
        await once.ProbeAsync(held, cancellation);
        var oldest = await forgotten.OldestSendJobsAsync(cancellation);
        var active = await store.ListActiveAsync(cancellation).ToListAsync(cancellation);
        await once.ReleaseOutlivedAsync(held, active, cancellation);
        var begun = latest is null ? 0 : active.FindIndex(id => string.CompareOrdinal(id, latest) > 0);
        var turns = begun > 0 ? [.. active[begun..], .. active[..begun]] : active;
        var awaiting = new ConcurrentBag<DateTimeOffset>();
        await Parallel.ForEachAsync(turns, new ParallelOptions { MaxDegreeOfParallelism = BroadcastsAtOnce, CancellationToken = cancellation }, async (id, stop) =>
        {
            latest = id;
            try
            {
                if (await store.FindAsync(id, stop) is { } broadcast)
                {
                    if (broadcast.AwaitsApproval)
                    {
                        awaiting.Add(broadcast.CreatedAt);
                    }

                    once.See(broadcast);
                    await each.RunAsync(broadcast, held, oldest, stop);
                }
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                Log.Interrupted(logger, id, e.GetType().Name);
            }
        });
        approvals.Set(awaiting.IsEmpty ? null : awaiting.Min());
        latest = null;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2908, Level = LogLevel.Warning, Message = "The sweep has run out of time; the next one goes on where it ended")]
        public static partial void OutOfTime(ILogger logger);

        [LoggerMessage(EventId = 2912, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}: its sweep was interrupted ({Fault}); the next one goes on")]
        public static partial void Interrupted(ILogger logger, string broadcastId, string fault);
    }
}
