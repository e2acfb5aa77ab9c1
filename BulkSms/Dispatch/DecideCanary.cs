using System.Globalization;
using BulkSms.Broadcasts;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Sending;
using Microsoft.Extensions.Logging;

namespace BulkSms.Dispatch;

/// <summary>
/// Decides whether a broadcast goes on after its first part (<see cref="Canary"/>). While it waits, fan-out has made rows of the first part only, so nothing on a message's way asks for it, and a
/// decision that is never made sends nothing.
/// </summary>
public sealed partial class DecideCanary(
    CanaryDecisions decisions, RecipientTable recipients, OptOutCache optOuts, AutoPause pauses, FanOutQueue fanOuts, ILogger<DecideCanary> logger)
{
    /// <summary>Why it is paused when storage was restored to a time at which its first part was being waited for.</summary>
    public const string Restored = "storage was restored to a time at which the first part was waited for: look at what came of it";

    /// <summary>Whether nothing but the first part has rows now, and more may not be made.</summary>
    /// <param name="broadcast">The broadcast.</param>
    /// <param name="isPaused">Whether a pause holds it.</param>
    /// <param name="now">The time. What has expired gets its rows, and expires, also while it is paused.</param>
    public static bool Holds(Broadcast broadcast, bool isPaused, DateTimeOffset now) =>
        broadcast is { FannedOutAt: null, IsCanceled: false } && broadcast.CanaryCount > 0 && broadcast.FannedOut >= broadcast.CanaryCount
        && (broadcast.WaitsForCanary || (isPaused && broadcast.ExpiresAt > now && broadcast.CanaryResult is { Status: CanaryStatus.Failed }));

    /// <summary>Decides, if it is time.</summary>
    public async Task RunAsync(Broadcast broadcast, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!broadcast.WaitsForCanary)
        {
            return;
        }

        var (canary, result) = (broadcast.Canary!, await CountAsync(broadcast, now, cancellation));
        if (broadcast.ExpiresAt <= now)
        {
            await LetGoAsync(broadcast, result with { Status = CanaryStatus.Expired, DecidedAt = now }, cancellation);
        }
        else if (result.HandedOverAt is null)
        {
            return;
        }
        else if (WhyNot(canary, result) is { } reason)
        {
            await PauseAsync(broadcast, result with { Status = CanaryStatus.Failed, DecidedAt = now }, reason, cancellation);
        }
        else if (now - result.HandedOverAt >= canary.For)
        {
            await LetGoAsync(broadcast, result with { Status = CanaryStatus.Passed, DecidedAt = now }, cancellation);
        }
        else if (result != broadcast.CanaryResult)
        {
            await decisions.TryWriteAsync(broadcast, result, cancellation);
        }
    }

    /// <summary>Pauses a broadcast whose decision may have been made, and lost with a restore: its rest may have been sent.</summary>
    public Task PauseRestoredAsync(Broadcast broadcast, DateTimeOffset now, CancellationToken cancellation) =>
        PauseAsync(broadcast, broadcast.CanaryResult! with { Status = CanaryStatus.Failed, DecidedAt = now }, Restored, cancellation);

    // Of one of whom nothing was sent (all have opted out, say) nothing is known: a person decides.
    private static string? WhyNot(Canary canary, CanaryResult result) =>
        result.Sent == 0 ? "nothing could be sent to its first part"
        : result.Failures > canary.MaxFailures * result.Sent ? Text($"{result.Failures} of the first {result.Sent} recipients failed, more than {canary.MaxFailures:P0}")
        : result.OptedOut > canary.MaxOptOuts * result.Sent ? Text($"{result.OptedOut} of the first {result.Sent} recipients have opted out, more than {canary.MaxOptOuts:P0}")
        : null;

    // Paused first: what is decided so must never be found without its pause.
    private async Task PauseAsync(Broadcast broadcast, CanaryResult result, string reason, CancellationToken cancellation)
    {
        await pauses.PauseAsync(broadcast.Id, reason, cancellation);
        if (await decisions.TryWriteAsync(broadcast, result, cancellation) is not null)
        {
            Log.Failed(logger, broadcast.Id, result.Failures, result.OptedOut, result.Sent);
        }
    }

    private async Task LetGoAsync(Broadcast broadcast, CanaryResult result, CancellationToken cancellation)
    {
        if (await decisions.TryWriteAsync(broadcast, result, cancellation) is not null)
        {
            Log.LetGo(logger, broadcast.Id, result.Status, result.Failures, result.OptedOut, result.Sent);
            await fanOuts.EnqueueAsync(broadcast.Id, cancellation); // lost, the next sweep finds a fan-out that is not finished
        }
    }

    private async Task<CanaryResult> CountAsync(Broadcast broadcast, DateTimeOffset now, CancellationToken cancellation)
    {
        var optedOut = await optOuts.ReadAsync().WaitAsync(cancellation);
        var (open, sent, failures, gone) = (0, 0, 0, 0);
        foreach (var shard in Shard.Of(broadcast.Id, broadcast.Shards))
        {
            await foreach (var row in recipients.CountedRows(shard, cancellation))
            {
                open += RecipientStatus.IsOpen(row.Status) && row.HeldFor != HeldFor.OptOutReview ? 1 : 0;
                if (row.Status is RecipientStatus.Submitted or RecipientStatus.Delivered or RecipientStatus.Undelivered or RecipientStatus.Failed or RecipientStatus.Rejected or RecipientStatus.Unknown)
                {
                    sent++;
                    failures += row.Status is RecipientStatus.Undelivered or RecipientStatus.Failed or RecipientStatus.Rejected ? 1 : 0;
                    gone += row.To is { } to && optedOut.Contains(to) ? 1 : 0;
                }
            }
        }

        var before = broadcast.CanaryResult!;
        return before with { HandedOverAt = before.HandedOverAt ?? (open == 0 ? now : null), Sent = sent, Failures = failures, OptedOut = gone };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static partial class Log
    {
        [LoggerMessage(EventId = 2917, Level = LogLevel.Information, Message = "Broadcast {BroadcastId}: its first part is decided ({Status}): {Failures} failures and {OptOuts} opt-outs of {Sent} texts. The rest is let go")]
        public static partial void LetGo(ILogger logger, string broadcastId, string status, int failures, int optOuts, int sent);

        [LoggerMessage(EventId = 2918, Level = LogLevel.Error, Message = "Broadcast {BroadcastId} has paused itself after its first part: {Failures} failures and {OptOuts} opt-outs of {Sent} texts")]
        public static partial void Failed(ILogger logger, string broadcastId, int failures, int optOuts, int sent);
    }
}
