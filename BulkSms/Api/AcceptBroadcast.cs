using System.Diagnostics;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Estimates;
using BulkSms.Http;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Security;
using BulkSms.Telemetry;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>What came of a request.</summary>
/// <param name="Result">Whether it was accepted, or why not.</param>
/// <param name="Broadcast">The broadcast; null: there is none.</param>
/// <param name="Errors">What is wrong with an <see cref="CommitResult.Untimely"/> one.</param>
/// <param name="Cost">What a <see cref="CommitResult.TooExpensive"/> one would cost.</param>
public sealed record Acceptance(CommitResult Result, Broadcast? Broadcast = null, FieldErrors? Errors = null, CostEstimate? Cost = null);

/// <summary>Commits a broadcast, then fans it out: here, or by the queue when it is large or when fanning out here fails.</summary>
public sealed partial class AcceptBroadcast(
    IdempotencyStore keys,
    BroadcastStore store,
    FanOut fanOut,
    FanOutQueue expand,
    OptOutCache optOuts,
    IOptions<PriceOptions> prices,
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
    public async Task<Acceptance> AcceptAsync(BroadcastRequest request, IdempotencyKey? key, Caller caller)
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

        var timed = TimedRequest.Of(request, now, options.Value.ExpireAfter, (await optOuts.RecentAsync()).Contains);
        if (Refuse(request, timed) is { } refusal)
        {
            // The request that took the key may be at its commit still: to refuse its repeat would invite another under a new key.
            return before is null || before.Age >= SettledAfter ? refusal : new(CommitResult.Unknown, New(request, timed, before, account.AccountSid, now));
        }

        if (before is null && !limits.Allow(timed.Recipients.Count))
        {
            return new(CommitResult.NeverWithinLimit);
        }

        if (before is null && limits.TakeRecipients(caller, timed.Recipients.Count) is not null)
        {
            before = key is null ? null : await TakenMeanwhileAsync(key);
            if (before is null)
            {
                return new(CommitResult.OverLimit); // before the key is taken: it stays free
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
            New(request, timed, first, account.AccountSid, now) with { CreatedBy = caller.Name, IdempotencyRow = key?.RowKey }, mayCommit);
        if (result is CommitResult.Committed)
        {
            metrics.Accepted();
            Log.Accepted(logger, broadcast.Id, broadcast.RecipientsCount, broadcast.DuplicatesRemoved, broadcast.OptedOut, broadcast.Segments.Count);
            await StartFanOutAsync(broadcast, known);
        }

        // The first request may be still at it, or have died before its commit: either way this is the answer to a repeat.
        return new(result is CommitResult.Committed && isRepeat ? CommitResult.Replayed : result, broadcast);
    }

    // Null: nothing is committed under the key.
    private async Task<Acceptance?> RepeatAsync(Reservation first, string digest, DateTimeOffset now, Deadline known)
    {
        if (first.Digest.Length > 0 && first.Digest != digest) // none: its broadcast is erased, and the key alone tells
        {
            return new(CommitResult.KeyReused);
        }

        if (now - first.CreatedAt > options.Value.IdempotencyKeyLifetime)
        {
            return new(CommitResult.KeyExpired);
        }

        if (await store.FindAsync(first.BroadcastId, CancellationToken.None) is not { } there)
        {
            return null;
        }

        await FinishAsync(there, known);
        return new(CommitResult.Replayed, there);
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

    private Acceptance? Refuse(BroadcastRequest request, TimedRequest timed) =>
        timed.Errors.Any ? new(CommitResult.Untimely, Errors: timed.Errors)
        : request.Terms.MaxCost is { } most && CostEstimate.Of(timed.Recipients.Weights(request.Segments.Count), prices.Value) is var cost && !cost.IsAtMost(most)
            ? new(CommitResult.TooExpensive, Cost: cost)
        : null;

    private Broadcast New(BroadcastRequest request, TimedRequest timed, Reservation first, string account, DateTimeOffset now) => new()
    {
        Id = first.BroadcastId,
        Message = request.Message,
        CreatedAt = now,
        RecipientsCount = timed.Recipients.Count,
        DuplicatesRemoved = request.Recipients.Duplicates,
        OptedOut = timed.OptedOut,
        Invalid = timed.Invalid,
        Segments = request.Segments,
        TotalSegments = timed.Recipients.TotalSegments,
        Shards = RecipientKey.ShardsFor(timed.Recipients.Count),
        HashName = RecipientKey.HashName,
        Account = account,
        Service = twilio.Value.MessagingServiceSid,
        SendAt = request.SendAt,
        Quiet = request.Quiet,
        IsExpiryGiven = request.ExpiresAt is not null,
        ExpiresAt = request.ExpiresAt ?? (request.SendAt > now ? request.SendAt.Value : now) + options.Value.ExpireAfter,
        Recipients = timed.Recipients,
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
        [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Broadcast {BroadcastId} accepted: {Recipients} recipients, {Duplicates} duplicates removed, {OptedOut} opted out, {Segments} segments each")]
        public static partial void Accepted(ILogger logger, string broadcastId, int recipients, int duplicates, int optedOut, int segments);

        [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId} is accepted but its fan-out was interrupted ({Fault}); it will be finished")]
        public static partial void FanOutInterrupted(ILogger logger, string broadcastId, string fault);
    }
}
