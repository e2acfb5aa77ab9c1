namespace BulkSms.Sending.Pool;

/// <summary>
/// What one instance hands over: by its pace, and within each <see cref="PoolTimes.Window"/> no more than its shares in it. Pure but for the time that it is told; not safe for many
/// threads.
/// </summary>
/// <param name="schedule">Its share.</param>
/// <param name="rate">The rate of all.</param>
public sealed class HandOver(ShareSchedule schedule, double rate)
{
    /// <summary>The pace of an instance that shares: what whole messages leave of a window must not slow it down.</summary>
    private const double SharedPace = 0.99;

    /// <summary>A window of a broken number of segments is rounded up to a whole one, if it is not shared.</summary>
    private const double Rounding = 0.999;

    private const double Exactness = 1e-6;

    /// <summary>What an instance that takes over from others begins with: a message of theirs that was handed over just before.</summary>
    private const double OthersMessage = 3;

    private readonly Pace pace = new();
    private readonly Queue<(TimeSpan At, int Segments)> handed = [];
    private long within;

    /// <summary>A message is handed over, if it is its time.</summary>
    /// <param name="now">The time.</param>
    /// <param name="segments">What it weighs.</param>
    /// <param name="factor">The part of the share that may be used.</param>
    /// <returns>Zero: it is. Else how long it waits; null: there is no share.</returns>
    public TimeSpan? TryTake(TimeSpan now, int segments, double factor)
    {
        while (handed.TryPeek(out var first) && first.At + PoolTimes.Window <= now)
        {
            within -= handed.Dequeue().Segments;
        }

        var share = schedule.At(now);
        var isShared = share < rate;
        factor *= isShared ? SharedPace : 1;
        pace.PassTo(now, schedule, factor);
        var wait = pace.WaitAt(share * factor);
        if (wait is null || wait > TimeSpan.Zero)
        {
            return wait;
        }

        var missing = within + segments - schedule.Between(now - PoolTimes.Window, now) - (isShared ? Exactness : Rounding);
        if (missing > 0 && (within > 0 || segments <= share * PoolTimes.Window.TotalSeconds)) // what is larger than a whole window goes alone
        {
            return Sooner(TimeSpan.FromSeconds(missing / share), handed.TryPeek(out var first) ? first.At + PoolTimes.Window - now : TimeSpan.MaxValue);
        }

        pace.Take(segments);
        within += segments;
        handed.Enqueue((now, segments));
        return TimeSpan.Zero;
    }

    /// <summary>The share begins, and others may have used it until now.</summary>
    public void TakeOver() => pace.Owe(Math.Min(OthersMessage, PoolTimes.Window.TotalSeconds * rate));

    private static TimeSpan Sooner(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
