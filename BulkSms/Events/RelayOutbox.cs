using BulkSms.Outbox;

namespace BulkSms.Events;

/// <summary>Makes deliveries of the events that stand beside what they tell of, then deletes their rows. If it dies in between, the next to come makes the same deliveries.</summary>
public sealed class RelayOutbox(OutboxTable table, EventOutbox outbox, MakeDeliveries deliveries)
{
    /// <summary>Goes through all of them. Where there is no endpoint, it reads nothing.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var endpoints = await outbox.EndpointsAsync(cancellation);
        if (endpoints.Count == 0)
        {
            return;
        }

        await foreach (var stored in table.ListAsync(cancellation).WithCancellation(cancellation))
        {
            await deliveries.ForOneAsync(stored.Event, endpoints.Where(endpoint => endpoint.Wants(stored.Event.Type)), cancellation);
            await table.DeleteAsync(stored, cancellation);
        }
    }
}
