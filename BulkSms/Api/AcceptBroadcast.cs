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

    /// <summary>
    /// Accepts all of it or nothing. There is no cancellation: a caller who hangs up after the commit point still gets every message sent. With a
    /// key, a repeat adopts the first request's id and makes the same inserts, so that it also finishes what died half-way.
    /// </summary>
    public async Task<Acceptance> AcceptAsync(BroadcastRequest request, IdempotencyKey? key, Caller caller)
    {
        var known = new Deadline(time, FanOut.KnownFor);
        var account = await credentials.GetAsync(CancellationToken.None);
        var now = time.GetUtcNow();
        var before = key is null ? null : await keys.FindAsync(key);
        var timed = TimedRequest.Of(request, before?.CreatedAt ?? now, options.Value.ExpireAfter, (await optOuts.RecentAsync()).Contains);
        if (before is null && Refuse(request, timed) is { } refusal)
        {
            return refusal; // but not the repeat of a request that came in time, at its price
        }

        if (before is null && limits.TakeRecipients(caller, timed.Recipients.Count) is not null)
        {
            before = key is null ? null : await TakenMeanwhileAsync(key);
            if (before is null)
            {
                return new(CommitResult.OverLimit); // before the key is taken: it stays free
            }
        }

        var wanted = new Reservation(BroadcastId.New(now), now, key is null ? "" : IdempotencyKey.DigestOf(request));
        var first = key is null ? wanted : before ?? await keys.ReserveAsync(key, wanted);
        if (first.Digest != wanted.Digest)
        {
            return new(CommitResult.KeyReused);
        }

        if (now - first.CreatedAt > options.Value.IdempotencyKeyLifetime)
        {
            return new(CommitResult.KeyExpired);
        }

        var isRepeat = first.BroadcastId != wanted.BroadcastId;
        if (isRepeat && await store.FindAsync(first.BroadcastId, CancellationToken.None) is { } there)
        {
            await FinishAsync(there, known);
            return new(CommitResult.Replayed, there);
        }

        using var activity = BulkSmsTelemetry.Start("accept broadcast", first.BroadcastId);
        var (result, broadcast) = await store.CommitAsync(New(request, timed, first, account.AccountSid) with { CreatedBy = caller.Name });
        if (result is CommitResult.Committed)
        {
            metrics.Accepted();
            Log.Accepted(logger, broadcast.Id, broadcast.RecipientsCount, broadcast.DuplicatesRemoved, broadcast.OptedOut, broadcast.Segments.Count);
            await StartFanOutAsync(broadcast, known);
        }

        // The first request may be still at it, or have died before its commit: either way this is the answer to a repeat.
        return new(result is CommitResult.Committed && isRepeat ? CommitResult.Replayed : result, broadcast);
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

    private Broadcast New(BroadcastRequest request, TimedRequest timed, Reservation first, string account) => new()
    {
        Id = first.BroadcastId,
        Message = request.Message,
        CreatedAt = first.CreatedAt,
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
        ExpiresAt = request.ExpiresAt ?? (request.SendAt > first.CreatedAt ? request.SendAt.Value : first.CreatedAt) + options.Value.ExpireAfter,
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
        [LoggerMessage(Level = LogLevel.Information, Message = "Broadcast {BroadcastId} accepted: {Recipients} recipients, {Duplicates} duplicates removed, {OptedOut} opted out, {Segments} segments each")]
        public static partial void Accepted(ILogger logger, string broadcastId, int recipients, int duplicates, int optedOut, int segments);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Broadcast {BroadcastId} is accepted but its fan-out was interrupted ({Fault}); it will be finished")]
        public static partial void FanOutInterrupted(ILogger logger, string broadcastId, string fault);
    }
}
