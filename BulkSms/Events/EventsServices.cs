using BulkSms.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Events;

/// <summary>Registers telling of events. What is stored of them: <see cref="OutboxServices"/>.</summary>
public static class EventsServices
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        return services
            .AddEventHttpClient()
            .AddSingleton<EventMetrics>()
            .AddSingleton<EventKeySource>()
            .AddSingleton<EndpointSecrets>()
            .AddSingleton<EndpointAddress>()
            .AddSingleton<EndpointLimits>()
            .AddSingleton<MakeDeliveries>()
            .AddSingleton<CallEndpoint>()
            .AddSingleton<RecordDelivery>()
            .AddSingleton<DeliverEvent>()
            .AddSingleton<RelayOutbox>()
            .AddSingleton<TellFinished>()
            .AddSingleton<RequeueDeliveries>()
            .AddSingleton<SweepPace>()
            .AddSingleton<SweepEvents>()
            .AddSingleton<EventEndpoints>()
            .AddSingleton<DeliveryEndpoints>()
            .AddHostedService<EventsService>();
    }
}
