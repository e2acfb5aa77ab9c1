namespace BulkSms.Estimates;

/// <summary>How long a broadcast takes at the sender pool's rate, and whether that is short enough. Quiet hours and other broadcasts are not counted in.</summary>
/// <param name="Segments">Of all messages.</param>
/// <param name="SegmentsPerSecond">The pool's rate.</param>
/// <param name="DueAt">When it begins.</param>
/// <param name="ExpiresAt">When it must have ended.</param>
public sealed record DrainEstimate(long Segments, double SegmentsPerSecond, DateTimeOffset DueAt, DateTimeOffset ExpiresAt)
{
    /// <summary>How much Twilio keeps for a sender, in time: what would wait longer fails after it was accepted (30001).</summary>
    public static readonly TimeSpan TwilioQueue = TimeSpan.FromHours(10);

    /// <summary>In whole seconds, rounded up.</summary>
    public long Seconds => (long)Math.Ceiling(Segments / SegmentsPerSecond);

    /// <summary>Segments that Twilio's queue holds at this rate.</summary>
    public long TwilioQueueSegments => (long)(TwilioQueue.TotalSeconds * SegmentsPerSecond);

    public bool FitsTwilioQueue => Segments <= TwilioQueueSegments;

    public bool FitsBeforeExpiry => Segments / SegmentsPerSecond <= (ExpiresAt - DueAt).TotalSeconds;
}
