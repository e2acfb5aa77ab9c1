using BulkSms.Common;
using BulkSms.Twilio;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>When a message that was not processed is tried again; and what the rate limiter has to know of it.</summary>
public sealed class RetrySchedule(SendRateLimiter limiter, IOptions<SendingOptions> options, TimeProvider time, Random random)
{
    /// <summary>How long a rate limit without Retry-After stops the instance.</summary>
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(1);

    /// <summary>When a message is due again.</summary>
    /// <param name="retry">Why it waits.</param>
    /// <param name="waits">How often it has waited, this time included.</param>
    public DateTimeOffset NextAfter(SendOutcome.Retry retry, int waits)
    {
        if (retry.Cause is RetryCause.Congestion)
        {
            limiter.SlowDown();
            limiter.Pause(retry.After ?? DefaultPause);
        }

        var delay = Delay(waits);
        return time.GetUtcNow() + (retry.After > delay ? retry.After.Value : delay);
    }

    /// <summary>When a message is due whose call was not started.</summary>
    public DateTimeOffset NextAfterNoStart() => time.GetUtcNow() + Delay(1);

    private TimeSpan Delay(int waits) => Backoff.For(waits, options.Value.RetryBaseDelay, options.Value.RetryMaxDelay, random);
}
