using BulkSms.Profiles;

namespace BulkSms.Sending;

/// <summary>What the messages of one profile go through: a rate limiter and a circuit breaker of its own, so that no profile waits for another's rate or outage.</summary>
/// <param name="Profile">Whose messages.</param>
/// <param name="Limiter">Calls in flight, and segments a second.</param>
/// <param name="Circuit">Stops the calls while the provider is away.</param>
/// <param name="Line">What may wait for them at a time; null: it is the only lane, and all may.</param>
public sealed record SendLane(Profile Profile, SendRateLimiter Limiter, CircuitBreaker Circuit, LaneLine? Line)
{
    /// <summary>Segments a second that this instance lets through; before it has a share, those of all instances.</summary>
    public double Rate => Limiter.Share is > 0 and var share ? share : Limiter.SegmentsPerSecond;
}
