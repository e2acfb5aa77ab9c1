using Azure.Identity;
using Azure.Messaging.EventGrid;
using BulkSms.Outbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>Registers telling of events. What is stored of them: <see cref="OutboxServices"/>.</summary>
public static class EventsServices
{
    public static IServiceCollection AddEvents(this IServiceCollection services, IConfiguration configuration)
    {
        return services
            .AddEventGrid(configuration)
            .AddEventHttpClient()
            .AddSingleton<IValidateOptions<EventOptions>, ConfiguredEndpointsValidator>()
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

    private static IServiceCollection AddEventGrid(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetValue<Uri?>($"{EventOptions.Section}:{nameof(EventOptions.EventGridTopic)}") is { IsAbsoluteUri: true } topic)
        {
            var options = new EventGridPublisherClientOptions();
            options.Retry.MaxRetries = 0; // the delivery is tried again
            options.Diagnostics.IsLoggingEnabled = false;
            services.TryAddSingleton(_ => new EventGridPublisherClient(
                topic, new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = configuration["AZURE_CLIENT_ID"] }), options));
        }

        return services.AddSingleton<EventGridSender>();
    }
}
