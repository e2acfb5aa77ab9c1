using BulkSms.Broadcasts;

namespace BulkSms.Estimates;

/// <summary>
/// How a broadcast drains at the sender pool's rate, by its schedule, its quiet hours and its expiry as sending will take them, after what waits in the queue
/// before it. What is accepted later is not counted in.
/// </summary>
/// <param name="Segments">Of all messages.</param>
/// <param name="SegmentsPerSecond">The pool's rate.</param>
/// <param name="DueAt">When the first recipients are due.</param>
/// <param name="ExpiresAt">When the last of them expire.</param>
public sealed record DrainEstimate(long Segments, double SegmentsPerSecond, DateTimeOffset DueAt, DateTimeOffset ExpiresAt)
{
    /// <summary>How much Twilio keeps for a sender, in time: what would wait longer fails after it was accepted (30001).</summary>
    public static readonly TimeSpan TwilioQueue = TimeSpan.FromHours(10);

    /// <summary>When the last message is handed over; null when some expire before.</summary>
    public DateTimeOffset? CompletesAt { get; private init; }

    /// <summary>Recipients whose message expires before its turn comes.</summary>
    public int Expiring { get; private init; }

    /// <summary>The recipients; null: there are none.</summary>
    internal DrainShares? Shares { get; private init; }

    /// <summary>What sending takes, in whole seconds, rounded up.</summary>
    public long Seconds => (long)Math.Ceiling(Segments / SegmentsPerSecond);

    /// <summary>Segments that Twilio's queue holds at this rate.</summary>
    public long TwilioQueueSegments => (long)(TwilioQueue.TotalSeconds * SegmentsPerSecond);

    public bool FitsTwilioQueue => Segments <= TwilioQueueSegments;

    public bool FitsBeforeExpiry => Expiring == 0;

    /// <summary>Estimates how recipients that can all be reached in time are sent to.</summary>
    /// <param name="times">When each may be texted.</param>
    /// <param name="messages">Each one's number and what its message weighs.</param>
    /// <param name="pool">What they pass through.</param>
    /// <param name="canary">The first part that is sent alone; null: there is none. It is taken to pass.</param>
    public static DrainEstimate Of(SendTimes times, IReadOnlyCollection<(string To, int Segments)> messages, DrainPool pool, Canary? canary = null) =>
        messages.Count == 0
            ? new(0, pool.SegmentsPerSecond, times.Begins, times.ExpiresAt) { CompletesAt = times.Begins }
            : Of(DrainShares.Of(times, messages, canary), times.Quiet, pool);

    /// <summary>Estimates how shares of a broadcast are sent to.</summary>
    /// <param name="shares">At least one.</param>
    /// <param name="quiet">The quiet hours; null: there are none.</param>
    /// <param name="pool">What they pass through.</param>
    internal static DrainEstimate Of(DrainShares shares, QuietHours? quiet, DrainPool pool)
    {
        var (completesAt, expiring) = new DrainSimulation(quiet, pool.SegmentsPerSecond).Run(shares.All, pool.FreeAt);
        return new(shares.All.Sum(share => share.Segments), pool.SegmentsPerSecond, shares.All.Min(share => share.Time.DueAt!.Value), shares.All.Max(share => share.Time.ExpiresAt))
        {
            CompletesAt = completesAt < shares.LastDue ? shares.LastDue : completesAt,
            Expiring = expiring,
            Shares = shares,
        };
    }
}

/// <summary>The sender pool that a broadcast passes through.</summary>
/// <param name="SegmentsPerSecond">Its rate.</param>
/// <param name="Ahead">Segments that wait before it.</param>
/// <param name="Now">The time.</param>
public readonly record struct DrainPool(double SegmentsPerSecond, long Ahead, DateTimeOffset Now)
{
    /// <summary>When what waits is through.</summary>
    public DateTimeOffset FreeAt => Now + TimeSpan.FromSeconds(Ahead / SegmentsPerSecond);
}
