using BulkSms.Http;
using BulkSms.Outbox;
using BulkSms.Queues;
using BulkSms.Twilio;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>
/// Turns events into deliveries: one row for each endpoint that wants them, then a queue message that says "look at this delivery". A delivery of the same events to the same endpoint is the
/// same row, so doing it twice is harmless.
/// </summary>
public sealed class MakeDeliveries(DeliveryTable table, EventQueue queue, IOptions<WebhookOptions> webhooks, IOptions<EventOptions> options, TimeProvider time)
{
    private const int Tries = 20;

    /// <summary>What events come from: the app, by its address.</summary>
    private string Source => $"{webhooks.Value.PublicBaseUrl?.GetLeftPart(UriPartial.Authority)}/{Routes.Prefix}/v1";

    /// <summary>Tells endpoints of one event.</summary>
    public async Task ForOneAsync(OutboxEvent @event, IEnumerable<EventEndpoint> endpoints, CancellationToken cancellation)
    {
        var packed = EventDelivery.Pack(CloudEventJson.One(Source, @event));
        foreach (var endpoint in endpoints)
        {
            await AddAsync(New(endpoint.Name, @event.At, [@event], packed), cancellation);
        }
    }

    /// <summary>Tells endpoints of recipients of one broadcast.</summary>
    public async Task ForBatchAsync(string broadcastId, IReadOnlyList<OutboxEvent> events, IEnumerable<EventEndpoint> endpoints, CancellationToken cancellation)
    {
        var packed = EventDelivery.Pack(CloudEventJson.Batch(Source, events));
        foreach (var endpoint in endpoints)
        {
            await AddAsync(New(endpoint.Name, events.Min(each => each.At), events, packed) with { BroadcastId = broadcastId, IsBatch = true }, cancellation);
        }
    }

    /// <summary>Takes events out of the deliveries of a batch, whatever became of these meanwhile.</summary>
    /// <param name="batch">All events of the batch.</param>
    /// <param name="ids">The ids of those that go.</param>
    /// <param name="endpoints">Who is told of the batch.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task TakeOutAsync(IReadOnlyCollection<OutboxEvent> batch, IReadOnlySet<string> ids, IEnumerable<EventEndpoint> endpoints, CancellationToken cancellation)
    {
        foreach (var endpoint in endpoints.Select(endpoint => endpoint.Name))
        {
            var key = EventDelivery.KeyOf(endpoint, batch.Min(each => each.At), batch.Select(each => each.Id));
            for (var i = 0; i < Tries; i++)
            {
                var found = (await Task.WhenAll(DeliveryStatus.All.Select(status => table.FindAsync(endpoint, key, status, cancellation)))).OfType<EventDelivery>().FirstOrDefault();
                if (found is null || await table.TryRewriteAsync(found.Without(ids), cancellation))
                {
                    break;
                }
            }
        }
    }

    /// <summary>Makes a delivery that is there be delivered once more, from the beginning.</summary>
    /// <returns>False: it has changed meanwhile.</returns>
    public async Task<bool> TryAgainAsync(EventDelivery delivery, CancellationToken cancellation)
    {
        var again = delivery with { Status = DeliveryStatus.Pending, Attempts = 0, NextAttemptAt = time.GetUtcNow(), GiveUpAt = time.GetUtcNow() + options.Value.RetryFor, FinishedAt = null };
        if (!await table.TryMoveAsync(delivery, again, cancellation))
        {
            return false;
        }

        await queue.EnqueueAsync(new() { Endpoint = delivery.Endpoint, Delivery = delivery.Key }, TimeSpan.Zero, cancellation);
        return true;
    }

    /// <summary>A delivery of its own for one endpoint.</summary>
    public async Task<EventDelivery> ForTestAsync(OutboxEvent @event, string endpoint, CancellationToken cancellation)
    {
        var delivery = New(endpoint, @event.At, [@event], EventDelivery.Pack(CloudEventJson.One(Source, @event)));
        await AddAsync(delivery, cancellation);
        return delivery;
    }

    private EventDelivery New(string endpoint, DateTimeOffset at, IReadOnlyCollection<OutboxEvent> events, byte[] packed)
    {
        var now = time.GetUtcNow();
        return new()
        {
            Endpoint = endpoint,
            Key = EventDelivery.KeyOf(endpoint, at, events.Select(each => each.Id)),
            Status = DeliveryStatus.Pending,
            Type = events.First().Type,
            Events = events.Count,
            CreatedAt = now,
            GiveUpAt = now + options.Value.RetryFor,
            NextAttemptAt = now,
            Packed = packed,
        };
    }

    private async Task AddAsync(EventDelivery delivery, CancellationToken cancellation)
    {
        await table.AddAsync(delivery, cancellation);
        await queue.EnqueueAsync(new() { Endpoint = delivery.Endpoint, Delivery = delivery.Key }, TimeSpan.Zero, cancellation);
    }
}
