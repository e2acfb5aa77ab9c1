namespace BulkSms.Sending;

/// <summary>
/// How many segments a second may pass: the highest as configured, halved whenever Twilio says that it is too much, then growing back evenly. Pure but
/// for the time that it is told; not safe for many threads.
/// </summary>
public sealed class SegmentRate
{
    /// <summary>Refusals this close together are of one overload: the calls that were in flight.</summary>
    public static readonly TimeSpan OneOverload = TimeSpan.FromSeconds(1);

    /// <summary>Part of the highest that it never falls below: standing still would never find out.</summary>
    private const double Lowest = 1.0 / 64;

    private readonly double highest;
    private readonly TimeSpan recovery;
    private double rate;
    private TimeSpan since;
    private TimeSpan? halvedAt;

    /// <param name="highest">Segments a second.</param>
    /// <param name="recovery">How long it takes from nothing back to the highest.</param>
    public SegmentRate(double highest, TimeSpan recovery)
    {
        this.highest = rate = highest;
        this.recovery = recovery;
    }

    /// <summary>The rate at a time.</summary>
    /// <param name="now">Time since any fixed moment.</param>
    public double At(TimeSpan now) => Math.Min(highest, rate + (highest * ((now - since) / recovery)));

    /// <summary>Other instances have been told that it is too much: it is no more than what they have left.</summary>
    /// <param name="now">Time since the same moment.</param>
    /// <param name="left">Segments a second.</param>
    public void LowerTo(TimeSpan now, double left)
    {
        if (left < At(now))
        {
            (rate, since) = (left, now);
        }
    }

    /// <summary>Twilio said that it is too much.</summary>
    /// <param name="now">Time since the same moment.</param>
    public void Halve(TimeSpan now)
    {
        if (now - halvedAt < OneOverload)
        {
            return;
        }

        (rate, since, halvedAt) = (Math.Max(At(now) / 2, highest * Lowest), now, now);
    }
}
