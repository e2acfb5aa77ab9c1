using BulkSms.Broadcasts;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.SendingControl;
using BulkSms.StatusCallbacks;
using BulkSms.Storage;
using BulkSms.Telemetry;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Dispatch;

/// <summary>
/// Finishes what died half-way: fan-outs, recipients that wait without a queue message, claims whose holder is gone, calls that nobody knows the end of,
/// poison messages that were not written; and closes broadcasts that are done. It looks at active broadcasts only. Two at once do no harm.
/// </summary>
public sealed partial class Sweeper(
    BroadcastStore store,
    RecipientTable recipients,
    FanOut fanOut,
    RequeuePending nudge,
    CancelPending cancel,
    ChangeOptOuts optOuts,
    SweepRows rows,
    ProbeSuspension probe,
    PollMissing poll,
    OutboundQueue outbound,
    ControlCache holds,
    ControlTable holdTable,
    BroadcastMetrics metrics,
    TwilioCredentialsSource credentials,
    IOptions<BroadcastOptions> options,
    TimeProvider time,
    ILogger<Sweeper> logger)
{
    /// <summary>How often it is run, in Functions' notation (with seconds) and as a period.</summary>
    public const string Schedule = "0 * * * * *";

    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>How long after its send a recipient's final status is waited for.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(36);

    /// <summary>How long one sweep may take: below host.json's functionTimeout.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(5);

    /// <summary>A row is written before its nudge, by so much at most, and storage tells the nudge's time in whole seconds.</summary>
    private static readonly TimeSpan NudgeFollowsWithin = TimeSpan.FromSeconds(15);

    private const int BroadcastsAtOnce = 4;

    /// <summary>So many times as long waits what another Twilio account sends: a host that has it may be there, and have lost a send job.</summary>
    private const int PatienceWithOthers = 6;

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
        await RepeatOptOutsAsync(cancellation);
        var held = await holds.ReadAsync().WaitAsync(cancellation);
        await probe.RunAsync(held, cancellation);
        var oldest = await OldestNudgeAsync(cancellation);
        var active = await store.ListActiveAsync(cancellation).ToListAsync(cancellation);
        await ReleaseOutlivedAsync(held, active, cancellation);
        var begun = latest is null ? 0 : active.FindIndex(id => string.CompareOrdinal(id, latest) > 0);
        var turns = begun > 0 ? [.. active[begun..], .. active[..begun]] : active;
        await Parallel.ForEachAsync(turns, new ParallelOptions { MaxDegreeOfParallelism = BroadcastsAtOnce, CancellationToken = cancellation }, async (id, stop) =>
        {
            latest = id;
            try
            {
                if (await store.FindAsync(id, stop) is { } broadcast)
                {
                    await SweepAsync(broadcast, held, oldest, stop);
                }
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                Log.Interrupted(logger, id, e.GetType().Name);
            }
        });
        latest = null;
    }

    // A pause may have raced its broadcast's completion. It would hold what is replayed later, and nobody would know why.
    private async Task ReleaseOutlivedAsync(ControlSet held, List<string> active, CancellationToken cancellation)
    {
        try
        {
            foreach (var id in held.Broadcasts.Keys.Concat(held.Countries.Select(stops => stops.Key)).Distinct(StringComparer.Ordinal).Except(active, StringComparer.Ordinal))
            {
                if (await store.FindAsync(id, cancellation) is null or { CompletedAt: not null })
                {
                    await holdTable.ReleaseAsync(id, held, cancellation);
                    holds.Invalidate();
                }
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.ReleaseInterrupted(logger, e.GetType().Name);
        }
    }

    // Whoever was nudged before this time is nudged no more by what is in the queue. Null: it is not known, and then nobody is nudged in this sweep.
    private async Task<DateTimeOffset?> OldestNudgeAsync(CancellationToken cancellation)
    {
        try
        {
            return await outbound.OldestAsync(cancellation) is { } oldest ? oldest - NudgeFollowsWithin : DateTimeOffset.MaxValue;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.QueueNotRead(logger, e.GetType().Name);
            return null;
        }
    }

    private async Task RepeatOptOutsAsync(CancellationToken cancellation)
    {
        try
        {
            await optOuts.RepeatRecentAsync(cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.OptOutsInterrupted(logger, e.GetType().Name);
        }
    }

    private async Task SweepAsync(Broadcast broadcast, ControlSet held, DateTimeOffset? oldestNudge, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (broadcast.FannedOutAt is null)
        {
            if (now - broadcast.Timestamp > options.Value.UnfinishedAfter) // its last checkpoint
            {
                Log.FinishingFanOut(logger, broadcast.Id, broadcast.FannedOut, broadcast.RecipientsCount);
                await fanOut.RunAsync(broadcast, cancellation);
            }

            return;
        }

        var isCanceled = broadcast.IsCanceled || held.Of(broadcast.Id) is ControlKind.Canceled;
        if (broadcast.SendAt > now && !isCanceled)
        {
            return; // nobody is due
        }

        if (isCanceled)
        {
            await cancel.RunAsync(broadcast, cancellation);
        }
        else if (!held.Stop(broadcast.Id) && oldestNudge is { } oldest)
        {
            await NudgeForgottenAsync(broadcast, now, oldest, cancellation);
        }

        await rows.RunAsync(broadcast, cancellation);
        await poll.RunAsync(broadcast, cancellation);
        await CompleteAsync(broadcast, now, cancellation);
    }

    // Forgotten is who gives no sign of life, while the queue shows nothing older: a sender renews the rows that it holds, and all others' send jobs are still in the queue.
    private async Task NudgeForgottenAsync(Broadcast broadcast, DateTimeOffset now, DateTimeOffset oldestNudge, CancellationToken cancellation)
    {
        var patience = options.Value.RequeueAfter;
        var isOthers = await credentials.TryGetAsync(cancellation) is { } mine && mine.AccountSid != broadcast.Account;
        if (isOthers)
        {
            Log.OtherAccount(logger, broadcast.Id);
            patience *= PatienceWithOthers;
        }

        var before = now - patience < oldestNudge ? now - patience : oldestNudge;
        if (broadcast.RequeuedAt > before)
        {
            return;
        }

        try
        {
            // Noted first: one that takes longer than a sweep may must not begin anew in each of them.
            if (await nudge.RunAsync(broadcast, before, cancellation, () => store.MarkNudgedAsync(broadcast.Id, time.GetUtcNow(), cancellation), isOthers) is var nudged and > 0)
            {
                Log.Nudged(logger, broadcast.Id, nudged);
            }
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            await store.MarkNudgedAsync(broadcast.Id, broadcast.RequeuedAt ?? NoTime.Value, cancellation); // the next sweep tries again
            throw;
        }
    }

    // The broadcast was read before the counting: whatever changes it meanwhile (a replay) makes the completion fail.
    private async Task CompleteAsync(Broadcast broadcast, DateTimeOffset now, CancellationToken cancellation)
    {
        if (broadcast.OpenUntil > now)
        {
            return;
        }

        var progress = await BroadcastProgress.CountAsync(recipients, broadcast, now, cancellation);
        if (progress.Rows != broadcast.RecipientsCount || progress.Final != progress.Rows || progress.Unpoisoned != 0)
        {
            return;
        }

        var held = await holds.ReadAsync().WaitAsync(cancellation);
        if (await store.CompleteAsync(broadcast, progress.ByStatus, cancellation))
        {
            metrics.Completed(time.GetUtcNow() - broadcast.CreatedAt);
            Log.Completed(logger, broadcast.Id, progress.Final, broadcast.RecipientsCount);
            await holdTable.ReleaseAsync(broadcast.Id, held, cancellation); // after: a replay in between has opened it again, and a pause holds that too
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2904, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}: finishing a fan-out that stopped at {Done} of {Recipients}")]
        public static partial void FinishingFanOut(ILogger logger, string broadcastId, int done, int recipients);

        [LoggerMessage(EventId = 2905, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}: {Recipients} recipients had waited too long and are nudged again")]
        public static partial void Nudged(ILogger logger, string broadcastId, int recipients);

        [LoggerMessage(EventId = 2906, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId} was accepted for another Twilio account than this app has; what waits of it is held")]
        public static partial void OtherAccount(ILogger logger, string broadcastId);

        [LoggerMessage(EventId = 2907, Level = LogLevel.Information, Message = "Broadcast {BroadcastId} is completed: {Final} of {Recipients} in a final state")]
        public static partial void Completed(ILogger logger, string broadcastId, int final, int recipients);

        [LoggerMessage(EventId = 2908, Level = LogLevel.Warning, Message = "The sweep has run out of time; the next one goes on where it ended")]
        public static partial void OutOfTime(ILogger logger);

        [LoggerMessage(EventId = 2909, Level = LogLevel.Warning, Message = "The queue could not be looked at ({Fault}): nobody is nudged again in this sweep")]
        public static partial void QueueNotRead(ILogger logger, string fault);

        [LoggerMessage(EventId = 2910, Level = LogLevel.Warning, Message = "Pauses that have outlived their broadcasts could not be taken away ({Fault}); the next sweep tries again")]
        public static partial void ReleaseInterrupted(ILogger logger, string fault);

        [LoggerMessage(EventId = 2911, Level = LogLevel.Warning, Message = "The latest opt-outs could not be looked through ({Fault}); the next sweep tries again")]
        public static partial void OptOutsInterrupted(ILogger logger, string fault);

        [LoggerMessage(EventId = 2912, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}: its sweep was interrupted ({Fault}); the next one goes on")]
        public static partial void Interrupted(ILogger logger, string broadcastId, string fault);
    }
}
