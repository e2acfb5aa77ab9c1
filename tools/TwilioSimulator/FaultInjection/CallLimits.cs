namespace BulkSms.TwilioSimulator;

/// <summary>Twilio's 429: too many calls in a second, or too many at once.</summary>
internal sealed class CallLimits(Faults faults, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _windowStart;
    private int _inWindow;

    /// <param name="inFlight">Create calls in progress, this one included.</param>
    public bool Refuses(int inFlight) =>
        (faults.MaxConcurrency is > 0 and var most && inFlight > most) || (faults.RateLimit is > 0 and var rate && IsAbove(rate));

    private bool IsAbove(int rate)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_inWindow == 0 || time.GetElapsedTime(_windowStart, now) >= TimeSpan.FromSeconds(1))
            {
                (_windowStart, _inWindow) = (now, 0);
            }

            return ++_inWindow > rate;
        }
    }
}
