using BulkSms.Broadcasts;

namespace BulkSms.Estimates;

/// <summary>What makes a broadcast finish later.</summary>
/// <param name="Cause">One of <see cref="DelayCause"/>.</param>
/// <param name="CompletesAt">When it would be finished without it; null: that is not told.</param>
public sealed record Delay(string Cause, DateTimeOffset? CompletesAt);

/// <summary>What may make a broadcast finish later, and what would change it.</summary>
public static class DelayCause
{
    public const string Queue = "queue";
    public const string QuietHours = "quietHours";
    public const string Rate = "rate";
    public const string Throughput = "throughput";
    public const string Spread = "spread";
    public const string Canary = "canary";
    public const string Pause = "pause";
    public const string Suspended = "suspended";
    public const string CircuitBreaker = "circuitBreaker";
    public const string Approval = "approval";
    public const string Account = "account";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Queue, QuietHours, Rate, Throughput, Spread, Canary, Pause, Suspended, CircuitBreaker, Approval, Account];

    /// <summary>Why, and what would change it.</summary>
    public static string TextOf(string cause) => cause switch
    {
        Queue => "Messages of other broadcasts go first. It is finished earlier with high priority, or while the others are paused.",
        QuietHours => "It is not sent in the quiet hours. It is finished earlier without them.",
        Rate => "It is sent at the rate of its profile. It is finished earlier at twice the rate, if the sender pool allows that.",
        Throughput => "Over the last minute it was sent more slowly than its rate allows. See whether Twilio answers slowly, or other broadcasts share the rate.",
        Spread => "It is spread over the time in sendOver. It is finished earlier without that.",
        Canary => "The rest waits for the results of the first part. It is finished earlier without a canary.",
        Pause => "It is paused. Resume it to go on.",
        Suspended => "Sending is suspended. Resume sending to go on.",
        CircuitBreaker => "Twilio cannot be reached. It goes on by itself when Twilio answers again.",
        Approval => "It waits for its approval.",
        Account => "It was accepted for another Twilio account, or for a profile that is not set any more. Set that account or profile again to go on.",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "is none of DelayCause"),
    };
}

/// <summary>Finds what makes a broadcast finish later: it is estimated once more without each.</summary>
public static class DrainDelays
{
    /// <summary>What wins less than this is not told.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    /// <summary>What wins less than this part of the time left is not told.</summary>
    private const double LeastPart = 0.05;

    /// <summary>The delays of a broadcast that is not accepted yet, the longest first.</summary>
    /// <param name="estimate">With all of them.</param>
    /// <param name="times">When each may be texted.</param>
    /// <param name="messages">Each one's number and what its message weighs.</param>
    /// <param name="pool">What they pass through.</param>
    /// <param name="canary">The first part that is sent alone; null: there is none.</param>
    public static IReadOnlyList<Delay> Of(DrainEstimate estimate, SendTimes times, IReadOnlyCollection<(string To, int Segments)> messages, DrainPool pool, Canary? canary)
    {
        if (!IsLong(estimate.CompletesAt, pool.Now) || estimate.Shares is not { } shares)
        {
            return [];
        }

        var others = OfPool(shares, times.Quiet, pool);
        if (times.Quiet is not null)
        {
            others.Add((DelayCause.QuietHours, DrainEstimate.Of(times.WithoutQuiet(), messages, pool, canary)));
        }

        if (times.Over is not null)
        {
            others.Add((DelayCause.Spread, DrainEstimate.Of(times.WithoutSpread(), messages, pool, canary)));
        }

        if (canary is not null)
        {
            others.Add((DelayCause.Canary, DrainEstimate.Of(times, messages, pool)));
        }

        return Of(estimate, others, pool.Now);
    }

    /// <summary>Estimates without what waits before, and at twice the rate.</summary>
    internal static List<(string Cause, DrainEstimate Without)> OfPool(DrainShares shares, QuietHours? quiet, DrainPool pool)
    {
        List<(string, DrainEstimate)> others = [(DelayCause.Rate, DrainEstimate.Of(shares, quiet, pool with { SegmentsPerSecond = pool.SegmentsPerSecond * 2 }))];
        if (pool.Ahead > 0)
        {
            others.Add((DelayCause.Queue, DrainEstimate.Of(shares, quiet, pool with { Ahead = 0 })));
        }

        return others;
    }

    /// <summary>Those of some causes without which it is finished clearly earlier, the longest delay first.</summary>
    /// <param name="estimate">With all of them.</param>
    /// <param name="others">Without one each.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Delay> Of(DrainEstimate estimate, IEnumerable<(string Cause, DrainEstimate Without)> others, DateTimeOffset now) =>
    [
        .. others
            .Where(each => each.Without.CompletesAt is { } without && (estimate.CompletesAt is not { } with ? each.Without.Expiring < estimate.Expiring : Wins(with, without, now)))
            .OrderBy(each => each.Without.CompletesAt)
            .Select(each => new Delay(each.Cause, each.Without.CompletesAt)),
    ];

    /// <summary>Whether anything could be won.</summary>
    internal static bool IsLong(DateTimeOffset? completesAt, DateTimeOffset now) => !(completesAt - now < Least);

    private static bool Wins(DateTimeOffset with, DateTimeOffset without, DateTimeOffset now) => with - without >= Least && with - without >= (with - now) * LeastPart;
}
