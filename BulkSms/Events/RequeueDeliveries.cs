using BulkSms.Outbox;
using BulkSms.Queues;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>Writes a queue message for each delivery that is long due: its message is lost, or its process died.</summary>
public sealed class RequeueDeliveries(EventOutbox outbox, DeliveryTable table, EventQueue queue, IOptions<EventOptions> options, TimeProvider time)
{
    /// <summary>Deliveries to one endpoint that one sweep requeues.</summary>
    private const int Slice = 1000;

    /// <summary>One pass.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var endpoint in await outbox.EndpointsAsync(cancellation))
        {
            await foreach (var key in table.OverdueAsync(endpoint.Name, time.GetUtcNow() - options.Value.RequeueAfter, cancellation).Take(Slice).WithCancellation(cancellation))
            {
                await queue.EnqueueAsync(new() { Endpoint = endpoint.Name, Delivery = key }, TimeSpan.Zero, cancellation);
            }
        }
    }
}
