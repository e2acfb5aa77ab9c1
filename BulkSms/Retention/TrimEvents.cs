using BulkSms.Outbox;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention;

/// <summary>Deletes what is kept of events, once it is too old.</summary>
public sealed class TrimEvents(DeliveryTable deliveries, OutboxTable outbox, IOptions<EventOptions> options)
{
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var before = now - TimeSpan.FromDays(options.Value.KeepDays);
        await deliveries.TrimAsync(before, cancellation);
        await outbox.TrimAsync(before, cancellation);
    }
}
