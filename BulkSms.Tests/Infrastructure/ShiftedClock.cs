namespace BulkSms.Tests.Infrastructure;

/// <summary>The system's clock, but its wall time as far ahead as the test says. Timers run in real time.</summary>
internal sealed class ShiftedClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>How far ahead.</summary>
    public TimeSpan Shift { get; set; } = now - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
