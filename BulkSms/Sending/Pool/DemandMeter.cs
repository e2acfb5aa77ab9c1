namespace BulkSms.Sending.Pool;

/// <summary>
/// What an instance could send, in segments a second: what it has handed over lately and what waits for the rate. It rises at once and falls after some seconds, since a demand that
/// was given up takes seconds to come back. Pure but for the time that it is told; not safe for many threads.
/// </summary>
public sealed class DemandMeter
{
    /// <summary>More than was used, so that a share which is used up can grow.</summary>
    private const double Headroom = 1.02;

    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(200);
    private readonly TimeSpan keep;
    private readonly Queue<(TimeSpan At, double Demand)> last = [];
    private long passed;
    private TimeSpan since;

    /// <param name="keep">How long a demand is kept.</param>
    public DemandMeter(TimeSpan keep) => this.keep = keep;

    /// <summary>A message was handed over.</summary>
    public void Passed(int segments) => passed += segments;

    /// <summary>The demand now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="waiting">Segments that wait for the rate.</param>
    /// <param name="rate">The rate of all: none can use more.</param>
    public double Take(TimeSpan now, long waiting, double rate)
    {
        var elapsed = now - since > LeastTime ? now - since : LeastTime;
        var demand = passed + waiting == 0 ? 0 : Math.Min(rate, 1 + waiting + (Headroom * passed / elapsed.TotalSeconds));
        (passed, since) = (0, now);
        last.Enqueue((now, demand));
        while (last.Peek().At < now - keep)
        {
            last.Dequeue();
        }

        return last.Max(each => each.Demand);
    }
}
