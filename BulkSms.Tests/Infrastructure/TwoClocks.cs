namespace BulkSms.Tests.Infrastructure;

/// <summary>A monotonic and a wall clock, each set by the test. Timers never fire; the wait last asked for is told.</summary>
internal sealed class TwoClocks : TimeProvider
{
    public TimeSpan Monotonic { get; set; } = TimeSpan.FromDays(3);

    public DateTimeOffset Wall { get; set; } = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public TimeSpan? LastWait { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Monotonic.Ticks;

    public override DateTimeOffset GetUtcNow() => Wall;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        LastWait = dueTime;
        return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
    }
}
