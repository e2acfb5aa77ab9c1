using System.Text.Json.Serialization;
using BulkSms.Broadcasts;
using BulkSms.Lists;
using BulkSms.Segments;

namespace BulkSms.Estimates;

/// <summary>What it costs.</summary>
/// <param name="Currency">Always <c>USD</c>.</param>
/// <param name="Total">Everything; null when one country's price is not known.</param>
/// <param name="Known">What goes to countries whose price is known.</param>
/// <param name="UnknownCountries">The others: why the total is not known.</param>
/// <param name="WithinMaxCost">Whether a request with this <c>maxCost</c> would be accepted; null without one.</param>
/// <param name="PricesAsOf">When the oldest imported price in it was imported; null: none is in it.</param>
public sealed record CostView(
    string Currency,
    decimal? Total,
    decimal Known,
    IReadOnlyList<string> UnknownCountries,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? WithinMaxCost = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? PricesAsOf = null)
{
    public static CostView Of(CostEstimate cost, decimal? maxCost) => new(
        PriceOptions.Currency, Amount.Short(cost.Total), Amount.Short(cost.Known) ?? 0, [.. cost.Unknown], maxCost is { } most ? cost.IsAtMost(most) : null, cost.PricesAsOf);
}

/// <summary>What goes to one country; price and cost are null when there is no price for it: <see cref="CostView.UnknownCountries"/> names it.</summary>
public sealed record CountryView(string Country, int Recipients, long Segments, decimal? PricePerSegment, decimal? Cost)
{
    public static CountryView Of(CountryEstimate country) =>
        new(country.Country, country.Recipients, country.Segments, Amount.Short(country.PricePerSegment), Amount.Short(country.Cost));
}

/// <summary>What makes it finish later.</summary>
/// <param name="Cause">One of <see cref="DelayCause"/>.</param>
/// <param name="Text">Why, and what would change it.</param>
/// <param name="EstimatedCompletionAt">When it would be finished without; missing: that is not told.</param>
public sealed record DelayView(string Cause, string Text, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? EstimatedCompletionAt)
{
    /// <summary>Those of an estimate; null: there are none.</summary>
    public static IReadOnlyList<DelayView>? Of(IReadOnlyList<Delay> delays) =>
        delays.Count == 0 ? null : [.. delays.Select(delay => new DelayView(delay.Cause, DelayCause.TextOf(delay.Cause), delay.CompletesAt))];
}

/// <summary>Whether it can be sent in time.</summary>
/// <param name="SegmentsPerSecond">The rate that is configured.</param>
/// <param name="Seconds">How long sending takes at that rate, pauses for quiet hours apart, when nothing else is sent.</param>
/// <param name="QueuedSegments">About how many segments wait before it; null: it cannot be told.</param>
/// <param name="DueAt">When it begins: by the schedule, and when the first recipients are not in their quiet hours.</param>
/// <param name="EstimatedCompletionAt">When the last message is handed to Twilio, after what waits before it; null when some expire before.</param>
/// <param name="ExpiresAt">When the last of what has not been sent expires.</param>
/// <param name="FitsBeforeExpiry">Whether nothing expires.</param>
/// <param name="Expiring">Recipients whose message expires before its turn comes.</param>
/// <param name="TwilioQueueSegments">What Twilio keeps for the pool: 10 hours at this rate.</param>
/// <param name="FitsTwilioQueue">Whether it is no more than that.</param>
/// <param name="Delays">What makes it finish later, the longest delay first; missing: nothing does by a minute or more.</param>
public sealed record DrainView(
    double SegmentsPerSecond,
    long Seconds,
    long? QueuedSegments,
    DateTimeOffset DueAt,
    DateTimeOffset? EstimatedCompletionAt,
    DateTimeOffset ExpiresAt,
    bool FitsBeforeExpiry,
    int Expiring,
    long TwilioQueueSegments,
    bool FitsTwilioQueue,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<DelayView>? Delays = null)
{
    public static DrainView Of(DrainEstimate drain, long? queued, IReadOnlyList<Delay> delays) => new(
        drain.SegmentsPerSecond,
        drain.Seconds,
        queued,
        drain.DueAt,
        drain.CompletesAt,
        drain.ExpiresAt,
        drain.FitsBeforeExpiry,
        drain.Expiring,
        drain.TwilioQueueSegments,
        drain.FitsTwilioQueue,
        DelayView.Of(delays));
}

/// <summary>The answer to a preview: what would happen, though nothing has.</summary>
/// <param name="RecipientsCount">People who would be texted.</param>
/// <param name="DuplicatesRemoved">Entries that named a number again.</param>
/// <param name="OptedOut">Numbers that have opted out.</param>
/// <param name="Invalid">Entries that would be left out because of a fault, with <c>onInvalid=skip</c>.</param>
/// <param name="KnownBad">Numbers that could not get a text before. They are texted, and will fail as before; with <c>skipKnownBad</c> they are left out.</param>
/// <param name="Skipped">The entries that are no recipients, the first 20 or as many as were asked for: invalid ones, duplicates, and those that have opted out.</param>
/// <param name="Segments">What would be billed.</param>
/// <param name="Ucs2Characters">The characters that make it UCS-2, as code points, the first 20: without them a segment holds more than twice as much.</param>
/// <param name="SmartEncoding">What smart encoding does, or would save; null: it is not enabled and would save nothing.</param>
/// <param name="Countries">By country, most recipients first.</param>
/// <param name="Cost">The sum.</param>
/// <param name="Drain">Whether it can be sent in time.</param>
/// <param name="Limits">What the caller has left of its limits, and whether the broadcast fits in it.</param>
/// <param name="Samples">Texts as they would be sent: that of the row that was asked for; else the first, the longest and the dearest.</param>
/// <param name="Warnings">What may not be as it is meant: what was read in one of several ways, a text that was accepted before, or that lacks something, a country that the account may not text; null: nothing.</param>
/// <param name="NeedsApproval">True: another caller has to approve it before anything is sent; missing: it needs no approval.</param>
/// <param name="Profile">The profile that would send it; missing: <c>default</c>.</param>
public sealed record PreviewView(
    int RecipientsCount,
    int DuplicatesRemoved,
    int OptedOut,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Invalid,
    int KnownBad,
    IReadOnlyList<SkippedView> Skipped,
    SegmentsView Segments,
    IReadOnlyList<string> Ucs2Characters,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SmartEncodingView? SmartEncoding,
    IReadOnlyList<CountryView> Countries,
    CostView Cost,
    DrainView Drain,
    IReadOnlyList<LimitView> Limits,
    IReadOnlyList<SampleView> Samples,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ListWarning>? Warnings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? NeedsApproval = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Profile = null);

/// <summary>An amount in US dollars.</summary>
internal static class Amount
{
    /// <summary>Without the zeros at the end that sums leave behind.</summary>
    public static decimal? Short(decimal? amount) => amount / 1.0000000000000000000000000000m;
}
