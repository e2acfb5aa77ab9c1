namespace BulkSms.Sending;

/// <summary>
/// The time in which a call may begin, from the start of its claim. Both clocks must agree: the monotonic one may stand still while the machine is
/// suspended, the wall clock may be set back.
/// </summary>
public sealed class SendWindow(TimeProvider time, TimeSpan length)
{
    private readonly long begunMonotonic = time.GetTimestamp();
    private readonly DateTimeOffset begunWall = time.GetUtcNow();

    public bool HasPassed => time.GetElapsedTime(begunMonotonic) > length || time.GetUtcNow() - begunWall > length;
}
