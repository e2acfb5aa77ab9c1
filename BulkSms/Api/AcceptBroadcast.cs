using System.Diagnostics;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Estimates;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Security;
using BulkSms.Telemetry;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>Commits a broadcast, then fans it out: here, or by the queue when it is large or when fanning out here fails.</summary>
public sealed partial class AcceptBroadcast(
    IdempotencyStore keys,
    BroadcastStore store,
    FanOut fanOut,
    FanOutQueue expand,
    OptOutCache optOuts,
    EstimateCost cost,
    TwilioCredentialsSource credentials,
    CallerLimits limits,
    BroadcastMetrics metrics,
    IOptions<TwilioOptions> twilio,
    IOptions<BroadcastOptions> options,
    TimeProvider time,
    ILogger<AcceptBroadcast> logger)
{
    private const int LooksForKey = 5;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(400);

    /// <summary>A request that has not begun its commit by then, after it has taken its key, does not commit any more.</summary>
    private static readonly TimeSpan CommitWithin = TimeSpan.FromMinutes(2);

    /// <summary>How old a key must be, by storage's clock, for the request that took it to have come to its end: more than <see cref="CommitWithin"/> and the longest commit together.</summary>
    private static readonly TimeSpan SettledAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Accepts all of it or nothing. There is no cancellation: a caller who hangs up after the commit point still gets every message sent. With a
    /// key, a repeat adopts the first request's id, so that it also finishes what died half-way.
    /// </summary>
    public async Task<(CommitResult Result, Broadcast? Broadcast)> AcceptAsync(BroadcastRequest request, IdempotencyKey? key, Caller caller)
    {
        var known = new Deadline(time, FanOut.KnownFor);
        var account = await credentials.GetAsync(CancellationToken.None);
        var now = time.GetUtcNow();
        var digest = key is null ? "" : IdempotencyKey.DigestOf(request);
        var before = key is null ? null : await keys.FindAsync(key);
        if (before is not null && await RepeatAsync(before, digest, now, known) is { } answer)
        {
            return answer; // before every check of time, price and limits: it came in time
        }

        var optedOut = await optOuts.RecentAsync();
        var recipients = request.Recipients.Without(optedOut.Contains);
        if (await RefusalAsync(request, now) is { } refusal)
        {
            // The request that took the key may be at its commit still: to refuse its repeat would invite another under a new key.
            return before is null || before.Age >= SettledAfter ? (refusal, null) : (CommitResult.Unknown, New(request, recipients, before, account.AccountSid, now));
        }

        if (before is null && !limits.Allow(recipients.Count))
        {
            return (CommitResult.NeverWithinLimit, null);
        }

        if (before is null && limits.TakeRecipients(caller, recipients.Count) is not null)
        {
            before = key is null ? null : await TakenMeanwhileAsync(key);
            if (before is null)
            {
                return (CommitResult.OverLimit, null); // before the key is taken: it stays free
            }
        }

        var mayCommit = new Deadline(time, CommitWithin);
        var wanted = new Reservation(BroadcastId.New(now), now, digest);
        var first = key is null ? wanted : before ?? await keys.ReserveAsync(key, wanted);
        var isRepeat = first.BroadcastId != wanted.BroadcastId;
        if (isRepeat && await RepeatAsync(first, digest, now, known) is { } taken)
        {
            return taken;
        }

        // Nothing was committed under the key: its id is adopted, and the times are today's. Whoever inserts the row first decides, with its times.
        using var activity = BulkSmsTelemetry.Start("accept broadcast", first.BroadcastId);
        var (result, broadcast) = await store.CommitAsync(
            New(request, recipients, first, account.AccountSid, now) with { CreatedBy = caller.Name, IdempotencyRow = key?.RowKey }, mayCommit);
        if (result is CommitResult.Committed)
        {
            metrics.Accepted();
            Log.Accepted(logger, broadcast.Id, broadcast.RecipientsCount, broadcast.DuplicatesRemoved, broadcast.OptedOut, broadcast.Segments.Count);
            await StartFanOutAsync(broadcast, known);
        }

        // The first request may be still at it, or have died before its commit: either way this is the answer to a repeat.
        return (result is CommitResult.Committed && isRepeat ? CommitResult.Replayed : result, broadcast);
    }

    // Null: nothing is committed under the key.
    private async Task<(CommitResult Result, Broadcast? Broadcast)?> RepeatAsync(Reservation first, string digest, DateTimeOffset now, Deadline known)
    {
        if (first.Digest.Length > 0 && first.Digest != digest) // none: its broadcast is erased, and the key alone tells
        {
            return (CommitResult.KeyReused, null);
        }

        if (now - first.CreatedAt > options.Value.IdempotencyKeyLifetime)
        {
            return (CommitResult.KeyExpired, null);
        }

        if (await store.FindAsync(first.BroadcastId, CancellationToken.None) is not { } there)
        {
            return null;
        }

        await FinishAsync(there, known);
        return (CommitResult.Replayed, there);
    }

    // The same request may have come twice at once, and the other have used up the limit: it takes the key right after. To call that "nothing was accepted" would invite another.
    private async Task<Reservation?> TakenMeanwhileAsync(IdempotencyKey key)
    {
        for (var look = 1; ; look++)
        {
            var taken = await keys.FindAsync(key);
            if (taken is not null || look == LooksForKey)
            {
                return taken;
            }

            await Task.Delay(BetweenLooks, time);
        }
    }

    private async Task<CommitResult?> RefusalAsync(BroadcastRequest request, DateTimeOffset now) =>
        request.ExpiresAt <= now ? CommitResult.Stale
        : request.Terms.MaxCost is { } most && !(await cost.OfAsync(request)).IsAtMost(most) ? CommitResult.TooExpensive
        : null;

    private Broadcast New(BroadcastRequest request, Addressees recipients, Reservation first, string account, DateTimeOffset now) => new()
    {
        Id = first.BroadcastId,
        Message = request.Message,
        CreatedAt = now,
        RecipientsCount = recipients.Count,
        DuplicatesRemoved = request.Recipients.Duplicates,
        OptedOut = request.Recipients.Unique.Count - recipients.Count,
        Invalid = request.Invalid,
        Segments = request.Segments,
        TotalSegments = recipients.TotalSegments,
        Shards = RecipientKey.ShardsFor(recipients.Count),
        HashName = RecipientKey.HashName,
        Account = account,
        Service = twilio.Value.MessagingServiceSid,
        SendAt = request.SendAt,
        Quiet = request.Quiet,
        IsExpiryGiven = request.ExpiresAt is not null,
        ExpiresAt = request.ExpiresAt ?? (request.SendAt > now ? request.SendAt.Value : now) + options.Value.ExpireAfter,
        Recipients = recipients,
        TraceParent = Activity.Current?.Id,
    };

    // The first request may still be at it, or be dead: fanning out twice at once is harmless, not at all is not.
    private Task FinishAsync(Broadcast broadcast, Deadline known) => broadcast.FannedOutAt is null ? StartFanOutAsync(broadcast, known) : Task.CompletedTask;

    // From here on the broadcast is accepted. Whatever fails now is finished by the queue, and if that fails too, by the sweeper.
    private async Task StartFanOutAsync(Broadcast broadcast, Deadline known)
    {
        try
        {
            if (broadcast.RecipientsCount <= options.Value.InlineRecipientLimit)
            {
                await fanOut.RunAsync(broadcast, CancellationToken.None, known);
                return;
            }
        }
        catch (Exception e)
        {
            Log.FanOutInterrupted(logger, broadcast.Id, e.GetType().Name);
        }

        try
        {
            await expand.EnqueueAsync(broadcast.Id, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.FanOutInterrupted(logger, broadcast.Id, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Broadcast {BroadcastId} accepted: {Recipients} recipients, {Duplicates} duplicates removed, {OptedOut} opted out, {Segments} segments each")]
        public static partial void Accepted(ILogger logger, string broadcastId, int recipients, int duplicates, int optedOut, int segments);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Broadcast {BroadcastId} is accepted but its fan-out was interrupted ({Fault}); it will be finished")]
        public static partial void FanOutInterrupted(ILogger logger, string broadcastId, string fault);
    }
}
