using BulkSms.Common;
using BulkSms.Twilio;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>When a message that was not processed is tried again; and what the rate limiter has to know of it.</summary>
public sealed class RetrySchedule(SendLanes lanes, IOptions<SendingOptions> options, TimeProvider time, Random random)
{
    /// <summary>How long a rate limit without Retry-After stops the instance.</summary>
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(1);

    /// <summary>When a message is due again.</summary>
    /// <param name="retry">Why it waits.</param>
    /// <param name="waits">How often it has waited, this time included.</param>
    /// <param name="profile">The profile that it was sent by; null: <c>default</c>.</param>
    public DateTimeOffset NextAfter(SendOutcome.Retry retry, int waits, string? profile)
    {
        if (retry.Cause is RetryCause.Congestion)
        {
            var limiter = lanes.Of(profile).Limiter;
            limiter.SlowDown();
            limiter.Pause(retry.After ?? DefaultPause);
        }

        // During an outage the circuit breaker keeps the calls apart; a message that waited for long itself would come late when it is over.
        var longest = retry.Cause is RetryCause.Outage && options.Value.CircuitBreak < options.Value.RetryMaxDelay ? options.Value.CircuitBreak : options.Value.RetryMaxDelay;
        var delay = Delay(waits, longest);
        return time.GetUtcNow() + (retry.After > delay ? retry.After.Value : delay);
    }

    /// <summary>When a message is due whose call was not started.</summary>
    public DateTimeOffset NextAfterNoStart() => time.GetUtcNow() + Delay(1, options.Value.RetryMaxDelay);

    private TimeSpan Delay(int waits, TimeSpan longest) => Backoff.For(waits, options.Value.RetryBaseDelay, longest, random);
}
