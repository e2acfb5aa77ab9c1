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

    private const int SpreadSteps = 100;

    /// <summary>When the last message is handed over; null when some expire before.</summary>
    public DateTimeOffset? CompletesAt { get; private init; }

    /// <summary>Recipients whose message expires before its turn comes.</summary>
    public int Expiring { get; private init; }

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
    public static DrainEstimate Of(SendTimes times, IReadOnlyCollection<(string To, int Segments)> messages, DrainPool pool, Canary? canary = null)
    {
        var (segmentsPerSecond, first) = (pool.SegmentsPerSecond, messages.Count > 1 ? canary?.CountOf(messages.Count) ?? 0 : 0);
        var shares = new Dictionary<SendTime, DrainShare>();
        DateTimeOffset? last = null; // that one is due
        foreach (var (index, (to, segments)) in messages.Index())
        {
            var due = index < first ? times.For(to) : Later(times.For(to, index - first, messages.Count - first), first > 0 ? canary!.For : TimeSpan.Zero);
            var time = Rounded(due, times);
            last = last > due.DueAt ? last : due.DueAt;
            if (!shares.TryGetValue(time, out var share))
            {
                shares.Add(time, share = new(time));
            }

            share.Add(segments);
        }

        if (shares.Count == 0)
        {
            return new(0, segmentsPerSecond, times.Begins, times.ExpiresAt) { CompletesAt = times.Begins };
        }

        var (completesAt, expiring) = new DrainSimulation(times.Quiet, segmentsPerSecond).Run(shares.Values, pool.FreeAt);
        return new(shares.Values.Sum(share => share.Segments), segmentsPerSecond, shares.Keys.Min(time => time.DueAt!.Value), shares.Keys.Max(time => time.ExpiresAt))
        {
            CompletesAt = completesAt < last ? last : completesAt,
            Expiring = expiring,
        };
    }

    private static SendTime Later(SendTime time, TimeSpan by) => time with { DueAt = time.DueAt + by };

    // What is spread is due at as many times as there are recipients: a hundred steps are enough to tell how it drains.
    private static SendTime Rounded(SendTime time, SendTimes times) => times.Over is not { } over || time.DueAt is not { } due
        ? time
        : time with { DueAt = times.Begins + (over / SpreadSteps * Math.Floor((due - times.Begins) / (over / SpreadSteps))) };
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
