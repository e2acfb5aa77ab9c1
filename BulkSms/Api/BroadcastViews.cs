using System.Text.Json.Serialization;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Estimates;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Twilio;

namespace BulkSms.Api;

/// <summary>A broadcast in the list.</summary>
/// <param name="BroadcastId">Its id.</param>
/// <param name="Status">See <see cref="BroadcastStatus.AsStored"/>.</param>
/// <param name="Message">The text; empty where there is none but media or a content template.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="CreatedBy">Who sent it: see <see cref="BroadcastView"/>.</param>
/// <param name="SendAt">When it is due; null: at once.</param>
/// <param name="RecipientsCount">Unique recipients.</param>
/// <param name="DuplicatesRemoved">Entries that named a number again.</param>
/// <param name="OptedOut">Numbers that had opted out before it was accepted; they are not recipients.</param>
/// <param name="Segments">What is billed.</param>
/// <param name="Counts">Recipients by status; missing: it has not come to its end, and a list counts no recipients.</param>
/// <param name="CostSoFar">See <see cref="BroadcastView"/>; missing: it has not come to its end.</param>
/// <param name="StatusUrl">Where to ask how it goes.</param>
/// <param name="Profile">The profile that sends it; missing: <c>default</c>.</param>
/// <param name="ContentSid">The content template; missing: there is none.</param>
/// <param name="MediaUrls">Addresses of the media; missing: there are none, or they are erased.</param>
/// <param name="ShortenUrls">True: Twilio shortens links; missing: it does not.</param>
public sealed record BroadcastSummaryView(
    string BroadcastId,
    string Status,
    string Message,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CreatedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? SendAt,
    int RecipientsCount,
    int DuplicatesRemoved,
    int OptedOut,
    SegmentsView Segments,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, int>? Counts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CostView? CostSoFar,
    string StatusUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Profile = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ContentSid = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? MediaUrls = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? ShortenUrls = null)
{
    public static BroadcastSummaryView Of(Broadcast broadcast, ControlSet control, PriceList prices, DateTimeOffset now) => new(
        broadcast.Id, BroadcastStatus.AsStored(broadcast, control.IsPaused(broadcast.Id, broadcast.IsCanceled), now), broadcast.ContentSid is null ? broadcast.Message : "", broadcast.CreatedAt, broadcast.CreatedBy, broadcast.SendAt,
        broadcast.RecipientsCount, broadcast.DuplicatesRemoved, broadcast.OptedOut, SegmentsView.Of(broadcast), broadcast.Totals?.ByStatus, broadcast.Totals?.Billed is { } billed ? CostView.Of(CostEstimate.Of(billed, prices.For(broadcast.Profile, broadcast.Extras)), null) : null, BroadcastEndpoints.UrlOf(broadcast.Id), Profiles.Profile.Shown(broadcast.Profile), broadcast.ContentSid, broadcast.MediaUrls.Count == 0 ? null : broadcast.MediaUrls, broadcast.ShortenUrls ? true : null);
}

/// <summary>A page of the list, newest first.</summary>
/// <param name="Broadcasts">The page.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record BroadcastPage(IReadOnlyList<BroadcastSummaryView> Broadcasts, string? Next);

/// <summary>One broadcast with its progress.</summary>
/// <param name="BroadcastId">Its id.</param>
/// <param name="Status">See <see cref="BroadcastStatus"/>.</param>
/// <param name="HeldFor">Why all that waits of it is held: <c>account</c>, when it was accepted for another Twilio account, or for a profile that is not set any more. Null: it is not.</param>
/// <param name="PausedBecause">Why it paused itself; null: an operator paused it, or it is not paused.</param>
/// <param name="PauseReason">The reason that the operator gave who paused it; null: none was given, or it is not paused.</param>
/// <param name="Message">The text; empty where there is none but media or a content template.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="CreatedBy">Who sent it: the token's object id or subject, else the name of the function key's holder (<c>key</c>: one without a name).</param>
/// <param name="SendAt">When it is due; null: at once.</param>
/// <param name="SendOver">How long it is spread over, as an ISO 8601 duration; null: it is not.</param>
/// <param name="ExpiresAt">A recipient that has not been sent to by then is <c>expired</c>.</param>
/// <param name="ErasedAt">When its text and recipients were erased; only the totals are left. Null: they were not.</param>
/// <param name="QuietHours">When no recipient is texted, by the recipient's clock, and the zone of numbers that tell none; null: there is no such time.</param>
/// <param name="RecipientsCount">Unique recipients.</param>
/// <param name="DuplicatesRemoved">Entries that named a number again.</param>
/// <param name="OptedOut">Numbers that had opted out before it was accepted; they are not recipients.</param>
/// <param name="Segments">What is billed.</param>
/// <param name="Counts">Recipients by status.</param>
/// <param name="Progress">How far it has come.</param>
/// <param name="CostSoFar">What Twilio bills for the messages that it took and did not fail or cancel itself, by the prices that are configured.</param>
/// <param name="Errors">Recipients by Twilio's code, with its meaning.</param>
/// <param name="FirstSentAt">When Twilio took the first message.</param>
/// <param name="LastSentAt">When Twilio took the last one so far.</param>
/// <param name="Test">True: it is a test; missing: it is not.</param>
/// <param name="Approval">How it stands with the approval that it needs; null: it needs none.</param>
/// <param name="Priority"><c>high</c>, or null: normal.</param>
/// <param name="Canary">The first part that is sent alone, and what came of it; null: there is none.</param>
/// <param name="Profile">The profile that sends it; missing: <c>default</c>.</param>
public sealed record BroadcastView(
    string BroadcastId,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? HeldFor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PausedBecause,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PauseReason,
    string Message,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CreatedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? SendAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SendOver,
    DateTimeOffset ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ErasedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] QuietHoursView? QuietHours,
    int RecipientsCount,
    int DuplicatesRemoved,
    int OptedOut,
    SegmentsView Segments,
    IReadOnlyDictionary<string, int> Counts,
    ProgressView Progress,
    CostView CostSoFar,
    IReadOnlyList<ErrorCountView> Errors,
    DateTimeOffset? FirstSentAt,
    DateTimeOffset? LastSentAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Test = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ApprovalView? Approval = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CanaryView? Canary = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Priority = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Profile = null)
{
    /// <summary>Addresses of the media; null: there are none, or they are erased.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? MediaUrls { get; init; }

    /// <summary>The content template; null: there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContentSid { get; init; }

    /// <summary>Its variables; null: there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? ContentVariables { get; init; }

    /// <summary>True: Twilio shortens links; null: it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ShortenUrls { get; init; }

    /// <summary>How often shortened links were followed; null: Twilio shortens none, or the recipients are erased.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClicksView? Clicks { get; init; }

    public static BroadcastView Of(Broadcast broadcast, BroadcastProgress progress, CostEstimate cost, BroadcastControl? hold, Forecast forecast, DateTimeOffset now, string? heldFor = null) => new(
        broadcast.Id,
        StatusOf(broadcast, progress, hold, now),
        heldFor,
        StatusOf(broadcast, progress, hold, now) == BroadcastStatus.Paused ? hold?.Reason : null,
        StatusOf(broadcast, progress, hold, now) == BroadcastStatus.Paused ? hold?.Given : null,
        broadcast.ContentSid is null ? broadcast.Message : "",
        broadcast.CreatedAt,
        broadcast.CreatedBy,
        broadcast.SendAt,
        broadcast.SendOver is { } over ? SpreadDuration.Write(over) : null,
        broadcast.ExpiresAt,
        broadcast.ErasedAt,
        QuietHoursView.Of(broadcast.Quiet),
        broadcast.RecipientsCount,
        broadcast.DuplicatesRemoved,
        broadcast.OptedOut,
        SegmentsView.Of(broadcast),
        progress.ByStatus,
        ProgressView.Of(broadcast, progress, forecast, now),
        CostView.Of(cost, null),
        [.. progress.ByCode.OrderByDescending(each => each.Value).Select(each => new ErrorCountView(each.Key, TwilioErrors.Words(each.Key), each.Value))],
        progress.FirstSentAt,
        progress.LastSentAt,
        broadcast.IsTest ? true : null,
        ApprovalView.Of(broadcast),
        CanaryView.Of(broadcast),
        broadcast.IsHigh ? "high" : null,
        Profiles.Profile.Shown(broadcast.Profile))
    {
        MediaUrls = broadcast.MediaUrls.Count == 0 ? null : broadcast.MediaUrls,
        ContentSid = broadcast.ContentSid,
        ContentVariables = broadcast.ContentSid is null ? null : Messages.ContentVariables.Read(broadcast.Message),
        ShortenUrls = broadcast.ShortenUrls ? true : null,
    };

    private static string StatusOf(Broadcast broadcast, BroadcastProgress progress, BroadcastControl? hold, DateTimeOffset now) =>
        BroadcastStatus.Of(broadcast, hold?.Kind is ControlKind.Paused, progress.Left(broadcast.RecipientsCount), now);
}

/// <summary>How often shortened links were followed.</summary>
/// <param name="Total">All clicks.</param>
/// <param name="Recipients">Recipients who followed a link at least once.</param>
public sealed record ClicksView(long Total, int Recipients)
{
    /// <summary>Counts them from the recipients' rows; null: Twilio shortens no link of this broadcast, or the rows are erased.</summary>
    public static async Task<ClicksView?> CountAsync(RecipientTable table, Broadcast broadcast, CancellationToken cancellation)
    {
        if (!broadcast.ShortenUrls || broadcast.ErasedAt is not null)
        {
            return null;
        }

        var shards = await Task.WhenAll(Shard.Of(broadcast.Id, broadcast.Shards).Select(async shard => await table.Clicks(shard, cancellation).ToArrayAsync(cancellation)));
        return new(shards.Sum(shard => shard.Sum(clicks => (long)clicks)), shards.Sum(shard => shard.Length));
    }
}

/// <summary>Hours of quiet as a request writes them.</summary>
/// <param name="From">When they begin, such as <c>21:00</c>.</param>
/// <param name="To">When they end.</param>
/// <param name="TimeZone">The zone of numbers that tell several or none; null: it was not given.</param>
public sealed record QuietHoursView(string From, string To, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TimeZone)
{
    public static QuietHoursView? Of(QuietHours? quiet) => quiet is null ? null : new(QuietHours.Write(quiet.From), QuietHours.Write(quiet.To), quiet.TimeZone);
}

/// <param name="Final">Recipients with a final status.</param>
/// <param name="Total">All recipients.</param>
/// <param name="Percent">Whole per cent, rounded down.</param>
/// <param name="Poisoned">Recipients that failed for good: see <c>GET /poison</c>.</param>
/// <param name="MessagesPerSecond">Messages that Twilio took, over the last minute.</param>
/// <param name="EstimatedCompletionAt">About when the last message is handed to Twilio: see <see cref="Forecast"/>; null when some expire before, none waits, something stops it, or it cannot be told.</param>
/// <param name="Expiring">About how many messages expire before their turn comes; null: none.</param>
/// <param name="Delays">What makes it finish later, the longest delay first; null: nothing.</param>
/// <param name="HeldFor">Recipients that wait for a person's decision, by the reason; null: none does.</param>
/// <param name="CountedAt">When the recipients were counted, which a large broadcast's are from time to time; null: just now, or at its end.</param>
public sealed record ProgressView(
    int Final,
    int Total,
    int Percent,
    int Poisoned,
    double MessagesPerSecond,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EstimatedCompletionAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Expiring = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<DelayView>? Delays = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, int>? HeldFor = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? CountedAt = null)
{
    public static ProgressView Of(Broadcast broadcast, BroadcastProgress progress, Forecast forecast, DateTimeOffset now) => new(
        progress.Final,
        broadcast.RecipientsCount,
        broadcast.RecipientsCount == 0 ? 100 : (int)(progress.Final * 100L / broadcast.RecipientsCount),
        progress.Poisoned,
        Math.Round(progress.Rate(progress.CountedAt ?? now), 1),
        forecast.InSteps(now).CompletesAt,
        forecast.Expiring == 0 ? null : forecast.Expiring,
        DelayView.Of(forecast.InSteps(now).Delays),
        progress.HeldFor.Count == 0 ? null : progress.HeldFor,
        progress.CountedAt);
}

public sealed record ErrorCountView(int Code, string Meaning, int Recipients);
