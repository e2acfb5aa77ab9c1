using System.Globalization;
using Azure;
using Azure.Messaging.EventGrid;
using BulkSms.Outbox;

namespace BulkSms.Events;

/// <summary>Hands deliveries to an Azure Event Grid topic, as the app's identity. Event Grid keeps them, and delivers them to its own subscribers.</summary>
/// <param name="client">The topic's client; null: no topic is configured.</param>
public sealed class EventGridSender(EventGridPublisherClient? client = null)
{
    /// <summary>Sends a delivery; Event Grid takes arrays only.</summary>
    public async Task<DeliveryOutcome> SendAsync(EventDelivery delivery, CancellationToken cancellation)
    {
        if (client is null)
        {
            return new DeliveryOutcome.Failed("it was not called: Events:EventGridTopic is missing");
        }

        var body = delivery.Body();
        try
        {
            var answer = await client.SendEncodedCloudEventsAsync(delivery.IsBatch ? body : [(byte)'[', .. body, (byte)']'], cancellation);
            return new DeliveryOutcome.Delivered(answer.Status);
        }
        catch (RequestFailedException e)
        {
            return new DeliveryOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"Event Grid answered {e.Status}"), e.Status);
        }
    }
}
