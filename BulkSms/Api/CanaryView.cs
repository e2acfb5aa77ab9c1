using System.Text.Json.Serialization;
using BulkSms.Broadcasts;

namespace BulkSms.Api;

/// <summary>The first part of a broadcast that is sent alone, and what came of it.</summary>
/// <param name="Share">The part, as asked.</param>
/// <param name="For">How long its results are waited for, as an ISO 8601 duration.</param>
/// <param name="MaxFailures">The largest share of failures with which the rest goes by itself.</param>
/// <param name="MaxOptOuts">The largest share of opt-outs with which it does.</param>
/// <param name="Recipients">Recipients of the part.</param>
/// <param name="Status">See <see cref="CanaryStatus"/>.</param>
/// <param name="Sent">Of them, those that Twilio was asked to text.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="OptedOut">Those that have opted out since.</param>
/// <param name="DecidesAt">When it is decided unless too many fail before; null: the part is not sent yet, or it is decided.</param>
/// <param name="DecidedAt">When it was decided; null: it is not.</param>
public sealed record CanaryView(
    decimal Share,
    string For,
    decimal MaxFailures,
    decimal MaxOptOuts,
    int Recipients,
    string Status,
    int Sent,
    int Failures,
    int OptedOut,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DecidesAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DecidedAt)
{
    public static CanaryView? Of(Broadcast broadcast) => broadcast is { Canary: { } canary, CanaryResult: { } result }
        ? new(
            canary.Share, SpreadDuration.Write(canary.For), canary.MaxFailures, canary.MaxOptOuts, broadcast.CanaryCount, StatusOf(broadcast), result.Sent, result.Failures, result.OptedOut,
            broadcast.WaitsForCanary ? result.HandedOverAt + canary.For : null, result.DecidedAt)
        : null;

    private static string StatusOf(Broadcast broadcast) =>
        broadcast is { CanaryResult.Status: CanaryStatus.Waiting, IsCanceled: true } ? BroadcastStatus.Canceled : broadcast.CanaryResult!.Status;
}
