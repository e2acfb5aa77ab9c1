namespace BulkSms.Cases;

/// <summary>A clock that shows the case's own time, and goes on only when it is told to. What is timed, not dated, runs in real time.</summary>
public sealed class CaseClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset now = now;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
