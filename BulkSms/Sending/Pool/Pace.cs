namespace BulkSms.Sending.Pool;

/// <summary>
/// Spaces messages by their segments: one goes when what went before it is paid for by the time that has passed. Unused time is kept for no longer than a timer is inexact. Pure but
/// for the time that it is told; not safe for many threads.
/// </summary>
public sealed class Pace
{
    /// <summary>How much of the past's unused rate may be spent at once.</summary>
    public static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(50);

    private const double Rounding = 1e-6;
    private double owed = double.NegativeInfinity; // segments; below 0: unused
    private TimeSpan at = TimeSpan.MinValue;

    /// <summary>Time has passed.</summary>
    /// <param name="now">The time.</param>
    /// <param name="schedule">The rate.</param>
    /// <param name="factor">The part of it that may be used.</param>
    public void PassTo(TimeSpan now, ShareSchedule schedule, double factor)
    {
        var most = -Burst.TotalSeconds * schedule.At(now) * factor;
        owed = Math.Max(most, at == TimeSpan.MinValue ? owed : owed - (schedule.Between(at, now) * factor));
        at = now;
    }

    /// <summary>How long the next message waits; null: it is not known, as there is no rate.</summary>
    /// <param name="rate">Segments a second.</param>
    public TimeSpan? WaitAt(double rate) => rate <= 0 ? null : owed <= Rounding ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(owed / rate, 1_000_000));

    /// <summary>A message goes.</summary>
    public void Take(int segments) => owed += segments;

    /// <summary>It does not go after all.</summary>
    public void Return(int segments) => owed -= segments;

    /// <summary>What others have sent is not known: some of it counts as this one's.</summary>
    public void Owe(double segments) => owed = Math.Max(owed, segments);
}
