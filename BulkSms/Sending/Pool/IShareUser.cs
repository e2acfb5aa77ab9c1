using BulkSms.Common;

namespace BulkSms.Sending.Pool;

/// <summary>What uses an instance's share: <see cref="SendRateLimiter"/>.</summary>
public interface IShareUser
{
    /// <summary>What it could use, since it was last asked.</summary>
    ShareUse Ask();

    /// <summary>From now on it may use what the member's rows say.</summary>
    /// <param name="member">Who renews the share; null: there is none any more.</param>
    /// <param name="lease">Until when at most, by both clocks.</param>
    void Use(PoolMember? member, Deadline? lease);
}

/// <summary>What a user of a share could use.</summary>
/// <param name="Demand">By priority.</param>
/// <param name="Limit">What Twilio's refusals have left of the rate: 1 is all.</param>
/// <param name="IdleFor">How long nothing was handed over; zero: something waits.</param>
public readonly record struct ShareUse(Demand Demand, double Limit, TimeSpan IdleFor);
