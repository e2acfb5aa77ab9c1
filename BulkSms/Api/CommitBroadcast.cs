using System.Diagnostics;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Common;
using BulkSms.Profiles;
using BulkSms.Recipients;
using BulkSms.Telemetry;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>Commits a broadcast: from its row on it is accepted. What it is sent by and until when is fixed here.</summary>
public sealed partial class CommitBroadcast(
    BroadcastStore store, StartFanOut start, TwilioAccounts accounts, BroadcastMetrics metrics, IOptions<BroadcastOptions> options, ILogger<CommitBroadcast> logger)
{
    /// <summary>The Twilio account that a request accepted now is sent by.</summary>
    /// <exception cref="Exception">The vault is away, and was never read.</exception>
    public async Task<string> AccountAsync(BroadcastRequest request) => (await accounts.Of(ProfileOf(request)).GetAsync(CancellationToken.None)).AccountSid;

    /// <summary>Commits and starts the fan-out. Of two at once under one id, the one that inserts the row first decides, with its times.</summary>
    /// <param name="broadcast">The broadcast: see <see cref="New"/>.</param>
    /// <param name="mayCommit">No commit begins after it.</param>
    /// <param name="known">Until when what was read of the opt-outs is recent enough.</param>
    /// <param name="isFirst">Whether it is accepted only if its text and list were not within a day.</param>
    public async Task<Acceptance> RunAsync(Broadcast broadcast, Deadline mayCommit, Deadline known, bool isFirst)
    {
        using var activity = BulkSmsTelemetry.Start("accept broadcast", broadcast.Id);
        var (result, committed) = await store.CommitAsync(broadcast with { TraceParent = Activity.Current?.Id }, mayCommit, isFirst);
        if (result is CommitResult.Committed)
        {
            metrics.Accepted(committed.Id);
            Log.Accepted(logger, committed.Id, committed.RecipientsCount, committed.DuplicatesRemoved, committed.OptedOut, committed.Segments.Count);
            await start.RunAsync(committed, known);
        }

        return new(result, committed);
    }

    /// <summary>The broadcast of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timed">What it comes to now.</param>
    /// <param name="first">Its id.</param>
    /// <param name="account">See <see cref="AccountAsync"/>.</param>
    /// <param name="now">The time.</param>
    public Broadcast New(BroadcastRequest request, TimedRequest timed, Reservation first, string account, DateTimeOffset now) => new()
    {
        Id = first.BroadcastId,
        Message = request.Message,
        CreatedAt = now,
        RecipientsCount = timed.Recipients.Count,
        DuplicatesRemoved = request.Recipients.Duplicates,
        OptedOut = timed.OptedOut,
        Invalid = timed.Invalid,
        KnownBad = request.Terms.SkipKnownBad ? timed.KnownBad : null,
        Segments = request.Segments,
        TotalSegments = timed.Recipients.TotalSegments,
        Shards = RecipientKey.ShardsFor(timed.Recipients.Count),
        Account = account,
        Profile = request.Terms.Profile,
        Service = accounts.ServiceOf(ProfileOf(request)),
        IsHigh = request.Terms.IsHigh,
        IsMms = request.Terms.Extras.IsMms,
        MediaUrls = request.Terms.Extras.MediaUrls,
        ContentSid = request.Terms.Extras.ContentSid,
        ShortenUrls = request.Terms.Extras.ShortenUrls,
        SendAt = request.SendAt,
        SendOver = request.SendOver,
        Canary = timed.Recipients.Count > 1 ? request.Terms.Canary : null, // of one recipient there is no rest
        CanaryResult = timed.Recipients.Count > 1 && request.Terms.Canary is not null ? CanaryResult.Waiting : null,
        Quiet = request.Quiet,
        IsExpiryGiven = request.ExpiresAt is not null,
        ExpiresAt = request.ExpiresAt ?? (request.SendAt > now ? request.SendAt.Value : now) + (request.SendOver ?? TimeSpan.Zero) + (request.Terms.Canary?.For ?? TimeSpan.Zero) + options.Value.ExpireAfter,
        Recipients = timed.Recipients,
        IsFile = request.Places.AreLines,
        DataColumns = timed.Recipients.Columns,
        MostCopies = timed.Recipients.MostCopies,
        Skipped = timed.Skipped.Count == 0 ? null : timed.Skipped,
        TextKey = request.Terms.IsTest ? null : request.TextKey,
    };

    private Profile ProfileOf(BroadcastRequest request) => accounts.Profiles.Find(request.Terms.Profile)!; // the request was read by them

    private static partial class Log
    {
        [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Broadcast {BroadcastId} accepted: {Recipients} recipients, {Duplicates} duplicates removed, {OptedOut} opted out, {Segments} segments each")]
        public static partial void Accepted(ILogger logger, string broadcastId, int recipients, int duplicates, int optedOut, int segments);
    }
}
