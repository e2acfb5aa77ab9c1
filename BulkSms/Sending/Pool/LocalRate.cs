using BulkSms.Common;

namespace BulkSms.Sending.Pool;

/// <summary>What one instance may hand over now: its share, less what Twilio's refusals have taken. It is asked twice for each message, before the claim and before the call.</summary>
public sealed class LocalRate
{
    private readonly double highest;
    private readonly TimeProvider time;
    private readonly Lock @lock = new();
    private readonly long start; // monotonic: a wall clock that is set must neither stall nor flood
    private readonly SegmentRate refused;
    private readonly ShareSchedule schedule;
    private readonly HandOver handOver;
    private readonly Pace pace = new();
    private readonly DemandMeter high = new(SharePolicy.DemandKept);
    private readonly DemandMeter normal = new(SharePolicy.DemandKept);
    private Deadline? lease; // of the share, by the wall clock too
    private double othersLimit = 1;
    private TimeSpan lastUse;
    private TimeSpan pausedUntil;

    /// <param name="options">The rate of all instances.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isShared">Whether there may be other instances; else all of it is this one's.</param>
    public LocalRate(SendingOptions options, TimeProvider time, bool isShared)
    {
        (highest, this.time, start) = (options.SegmentsPerSecond, time, time.GetTimestamp());
        refused = new(highest, options.RateRecovery);
        schedule = isShared ? new() : ShareSchedule.Always(highest);
        handOver = new(schedule, highest);
    }

    /// <summary>Segments a second of all instances, less what Twilio's refusals have taken.</summary>
    public double OfAll => At(now => highest * LimitAt(now));

    /// <summary>Of them, this instance's.</summary>
    public double Share => At(now => ShareAt(now) * LimitAt(now));

    /// <summary>Before the claim. It is taken only when it can be used at once, so that a pause that comes meanwhile holds for all that wait.</summary>
    /// <param name="segments">What the message weighs.</param>
    /// <param name="claimed">Segments that are claimed and wait to be handed over: they go first.</param>
    /// <returns>Zero: it is taken. Else how long it waits; null: until there is another share.</returns>
    public TimeSpan? TryEnter(int segments, long claimed)
    {
        lock (@lock)
        {
            var now = Now;
            if (pausedUntil > now)
            {
                return pausedUntil - now;
            }

            var share = ShareAt(now);
            var factor = LimitAt(now) * (claimed > Math.Max(1, share * Pace.Burst.TotalSeconds) ? 0.5 : 1);
            pace.PassTo(now, schedule, factor);
            var wait = pace.WaitAt(share * factor);
            if (wait == TimeSpan.Zero)
            {
                pace.Take(segments);
            }

            return wait ?? (schedule.NextChange(now) - now);
        }
    }

    /// <summary>Nothing is handed over for what was taken before the claim.</summary>
    public void Return(int segments)
    {
        lock (@lock)
        {
            pace.Return(segments);
        }
    }

    /// <summary>Before the call.</summary>
    /// <returns>How long it waits, as above, and until when the call may begin; null: as long as it likes.</returns>
    /// <param name="segments">What the message weighs.</param>
    /// <param name="isHigh">Its priority.</param>
    public (TimeSpan? Wait, Deadline? Until) TryHandOver(int segments, bool isHigh)
    {
        lock (@lock)
        {
            var now = Now;
            if (ShareAt(now) <= 0)
            {
                return (schedule.NextChange(now) - now, null);
            }

            var wait = handOver.TryTake(now, segments, LimitAt(now));
            if (wait == TimeSpan.Zero)
            {
                (isHigh ? high : normal).Passed(segments);
                lastUse = now;
            }

            return (wait, lease);
        }
    }

    /// <summary>Halves the rate of all instances, which then recovers slowly.</summary>
    public void SlowDown()
    {
        lock (@lock)
        {
            refused.LowerTo(Now, highest * othersLimit);
            refused.Halve(Now);
        }
    }

    /// <summary>Lets nothing through for a while. A shorter pause never ends a longer one.</summary>
    public void Pause(TimeSpan duration)
    {
        lock (@lock)
        {
            var until = Now + duration;
            pausedUntil = until > pausedUntil ? until : pausedUntil;
        }
    }

    /// <summary>What could be used.</summary>
    /// <param name="waitingHigh">Segments of high priority that wait.</param>
    /// <param name="waitingNormal">Those of the others.</param>
    public ShareUse Ask(long waitingHigh, long waitingNormal)
    {
        lock (@lock)
        {
            var now = Now;
            return new(new(high.Take(now, waitingHigh, highest), normal.Take(now, waitingNormal, highest)), refused.At(now) / highest, waitingHigh + waitingNormal > 0 ? TimeSpan.Zero : now - lastUse);
        }
    }

    /// <summary>From now on this is the share.</summary>
    /// <param name="member">Who renews it; null: there is none any more.</param>
    /// <param name="until">Until when at most, by both clocks.</param>
    public void Use(PoolMember? member, Deadline? until)
    {
        lock (@lock)
        {
            (lease, othersLimit) = (until, member?.Limit ?? 1);
            if (member is null)
            {
                schedule.Replace(Now, [new(Now, 0)]);
            }
            else
            {
                schedule.Follow(member, Now, highest, handOver);
            }
        }
    }

    private TimeSpan Now => time.GetElapsedTime(start);

    private double ShareAt(TimeSpan now) => lease is { HasPassed: true } ? 0 : schedule.At(now);

    private double LimitAt(TimeSpan now) => Math.Min(othersLimit, refused.At(now) / highest);

    private double At(Func<TimeSpan, double> read)
    {
        lock (@lock)
        {
            return read(Now);
        }
    }
}
