using System.Globalization;

namespace BulkSms.Broadcasts;

/// <summary>A first part of a broadcast that is sent alone, to see what comes of it before the rest is.</summary>
/// <param name="Share">The part: above 0, at most <see cref="LargestShare"/>. It has at least one recipient.</param>
/// <param name="For">How long results are waited for once all of the part is with Twilio.</param>
/// <param name="MaxFailures">The rest is not sent by itself when a larger share of the part failed: 0 to 1.</param>
/// <param name="MaxOptOuts">The rest is not sent by itself when a larger share of the part has opted out: 0 to 1.</param>
public sealed record Canary(decimal Share, TimeSpan For, decimal MaxFailures = Canary.UsualFailures, decimal MaxOptOuts = Canary.UsualOptOuts)
{
    public const decimal LargestShare = 0.5m;
    public const decimal UsualFailures = 0.1m;
    public const decimal UsualOptOuts = 0.02m;

    /// <summary>How many recipients, from the start of the list, are the first part.</summary>
    /// <param name="count">Recipients of the list.</param>
    public int CountOf(int count) => (int)Math.Ceiling(count * Share);

    /// <summary>Reads what <see cref="ToString"/> writes; the two last numbers may be left out. Null: it is not that, or a number is out of its range.</summary>
    public static Canary? Parse(string? text)
    {
        var parts = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (2 or 4) || Number(parts[0]) is not { } share || SpreadDuration.Parse(parts[1]) is not { } time)
        {
            return null;
        }

        var (failures, optOuts) = parts.Length == 2 ? (UsualFailures, UsualOptOuts) : (Number(parts[2]), Number(parts[3]));
        return IsShare(share) && IsLimit(failures) && IsLimit(optOuts) ? new(share, time, failures!.Value, optOuts!.Value) : null;
    }

    public static bool IsShare(decimal? share) => share is > 0 and <= LargestShare;

    public static bool IsLimit(decimal? limit) => limit is >= 0 and <= 1;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Share} {SpreadDuration.Write(For)} {MaxFailures} {MaxOptOuts}");

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>How it stands with a broadcast's first part.</summary>
/// <param name="Status">One of <see cref="CanaryStatus"/>.</param>
/// <param name="HandedOverAt">When all of the part was with Twilio, or had come to an end without; null before.</param>
/// <param name="DecidedAt">When it was decided; null before.</param>
/// <param name="Sent">Recipients of the part that Twilio was asked to text.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="OptedOut">Those that have opted out since.</param>
public sealed record CanaryResult(string Status, DateTimeOffset? HandedOverAt = null, DateTimeOffset? DecidedAt = null, int Sent = 0, int Failures = 0, int OptedOut = 0)
{
    public static CanaryResult Waiting { get; } = new(CanaryStatus.Waiting);
}

/// <summary>What may become of a first part. It is decided once, under the broadcast's ETag, and stays so.</summary>
public static class CanaryStatus
{
    /// <summary>The part is being sent, or its results are waited for. No other recipient has a row that could be sent.</summary>
    public const string Waiting = "waiting";

    /// <summary>The rest was let go.</summary>
    public const string Passed = "passed";

    /// <summary>The broadcast has paused itself: the rest is sent when it is resumed.</summary>
    public const string Failed = "failed";

    /// <summary>The broadcast's time was over before it was decided.</summary>
    public const string Expired = "expired";
}
