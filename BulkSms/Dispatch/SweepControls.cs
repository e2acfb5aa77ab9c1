using BulkSms.Broadcasts;
using BulkSms.OptOuts;
using BulkSms.SendingControl;
using Microsoft.Extensions.Logging;

namespace BulkSms.Dispatch;

/// <summary>What a sweep does once, before it goes through the broadcasts: the latest opt-outs, the probe of a suspension, pauses that have outlived their broadcasts.</summary>
public sealed partial class SweepControls(
    ChangeOptOuts optOuts, ProbeSuspension probe, MissingProfiles missing, BroadcastStore store, ControlTable table, ILogger<SweepControls> logger)
{
    /// <summary>Looks at a broadcast that is not completed: whether its profile is set.</summary>
    public void See(Broadcast broadcast) => missing.See(broadcast);

    /// <summary>Stops once more what waits for those who opted out lately: the process that put them on the list may have died right after.</summary>
    public async Task RepeatOptOutsAsync(CancellationToken cancellation)
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

    /// <summary>Sends the probe of a suspension, when it is due.</summary>
    public Task ProbeAsync(ControlSet held, CancellationToken cancellation) => probe.RunAsync(held, cancellation);

    /// <summary>Takes away pauses of broadcasts that are completed. A pause may have raced its broadcast's completion, and would hold what is replayed later.</summary>
    public async Task ReleaseOutlivedAsync(ControlSet held, List<string> active, CancellationToken cancellation)
    {
        try
        {
            foreach (var id in held.Broadcasts.Keys.Concat(held.Countries.Select(stops => stops.Key)).Distinct(StringComparer.Ordinal).Except(active, StringComparer.Ordinal))
            {
                if (await store.FindAsync(id, cancellation) is null or { CompletedAt: not null })
                {
                    await table.ReleaseAsync(id, held, cancellation);
                }
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.ReleaseInterrupted(logger, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2910, Level = LogLevel.Warning, Message = "Pauses that have outlived their broadcasts could not be taken away ({Fault}); the next sweep tries again")]
        public static partial void ReleaseInterrupted(ILogger logger, string fault);

        [LoggerMessage(EventId = 2911, Level = LogLevel.Warning, Message = "The latest opt-outs could not be looked through ({Fault}); the next sweep tries again")]
        public static partial void OptOutsInterrupted(ILogger logger, string fault);
    }
}
