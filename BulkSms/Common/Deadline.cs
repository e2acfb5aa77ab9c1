namespace BulkSms.Common;

/// <summary>
/// The time in which a call may begin, from the start of its claim. Both clocks must agree: the monotonic one may stand still while the machine is
/// suspended, the wall clock may be set back.
/// </summary>
/// <param name="time">The clocks.</param>
/// <param name="length">How long it is open.</param>
/// <param name="within">Another window that must be open as well.</param>
public sealed class Deadline(TimeProvider time, TimeSpan length, Deadline? within = null)
{
    private readonly long begunMonotonic = time.GetTimestamp();
    private readonly DateTimeOffset begunWall = time.GetUtcNow();

    private readonly Deadline? also;

    private Deadline(TimeProvider time, Deadline first, Deadline second)
        : this(time, TimeSpan.MaxValue, first) => also = second;

    public bool HasPassed =>
        within is { HasPassed: true } || also is { HasPassed: true } || time.GetElapsedTime(begunMonotonic) > length || time.GetUtcNow() - begunWall > length;

    /// <summary>Both must be open.</summary>
    public Deadline And(Deadline other) => new(time, this, other);
}
