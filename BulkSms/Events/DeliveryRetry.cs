using BulkSms.Common;
using BulkSms.Outbox;

namespace BulkSms.Events;

/// <summary>When a delivery that has failed is tried again.</summary>
public static class DeliveryRetry
{
    /// <summary>Half of what doubles with each failure, and as much again by chance; longer where the endpoint asks for it. Null: it is given up.</summary>
    /// <param name="delivery">The delivery; its attempts count the call that has failed.</param>
    /// <param name="retryAfter">How long the endpoint asks to be left alone.</param>
    /// <param name="options">The settings.</param>
    /// <param name="now">The time.</param>
    /// <param name="random">The source of chance.</param>
    public static DateTimeOffset? After(EventDelivery delivery, TimeSpan? retryAfter, EventOptions options, DateTimeOffset now, Random random)
    {
        var longest = options.RetryBaseDelay * Math.Pow(2, Math.Clamp(delivery.Attempts, 1, 30) - 1);
        var half = (longest < options.RetryMaxDelay ? longest : options.RetryMaxDelay) / 2;
        var wait = half + Backoff.For(1, half, half, random);
        var asked = retryAfter > options.RetryMaxDelay ? options.RetryMaxDelay : retryAfter ?? TimeSpan.Zero;
        var next = now + (wait > asked ? wait : asked);
        return next > delivery.GiveUpAt ? null : next;
    }
}
