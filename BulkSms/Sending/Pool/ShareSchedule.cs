namespace BulkSms.Sending.Pool;

/// <summary>How many segments a second may be handed over, by time: as far back as <see cref="PoolTimes.Window"/>, and as far ahead as the lease goes. Not safe for many threads.</summary>
public sealed class ShareSchedule
{
    private readonly List<ShareStep> steps = [new(TimeSpan.MinValue, 0)];

    /// <summary>The same rate at all times.</summary>
    public static ShareSchedule Always(double rate)
    {
        var schedule = new ShareSchedule();
        schedule.steps[0] = new(TimeSpan.MinValue, rate);
        return schedule;
    }

    /// <summary>The rate at a time.</summary>
    public double At(TimeSpan time) => steps[IndexAt(time)].Rate;

    /// <summary>When the rate is another next; null: not as far as is known.</summary>
    public TimeSpan? NextChange(TimeSpan after) => IndexAt(after) + 1 is var next && next < steps.Count ? steps[next].From : null;

    /// <summary>Segments from one time to another. A time that is forgotten counts as the oldest that is known.</summary>
    public double Between(TimeSpan from, TimeSpan to)
    {
        var sum = 0.0;
        for (var i = IndexAt(to); ; i--)
        {
            var begin = i > 0 && steps[i].From > from ? steps[i].From : from;
            sum += (to - begin).TotalSeconds * steps[i].Rate;
            if (begin == from)
            {
                return sum;
            }

            to = begin;
        }
    }

    /// <summary>From now on it is as planned.</summary>
    public void Replace(TimeSpan now, IReadOnlyList<ShareStep> plan)
    {
        steps.RemoveAll(step => step.From >= now && step.From > TimeSpan.MinValue);
        steps.AddRange(plan);
        var old = steps.FindLastIndex(step => step.From <= now - PoolTimes.Window - PoolTimes.Window);
        if (old > 0)
        {
            steps.RemoveRange(0, old);
        }
    }

    /// <summary>No other instance has sent: it is as if this one had had the rate all along.</summary>
    public void Credit(TimeSpan now, double rate)
    {
        var current = At(now);
        steps.RemoveAll(step => step.From <= now);
        steps.InsertRange(0, [new(TimeSpan.MinValue, rate), new(now, current)]);
    }

    private int IndexAt(TimeSpan time)
    {
        var i = steps.Count - 1;
        while (i > 0 && steps[i].From > time)
        {
            i--;
        }

        return i;
    }
}
