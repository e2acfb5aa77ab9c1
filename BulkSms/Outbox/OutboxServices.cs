using BulkSms.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Outbox;

/// <summary>Registers what is stored of events: endpoints, what is to be told, deliveries.</summary>
public static class OutboxServices
{
    public static IServiceCollection AddOutbox(this IServiceCollection services, IConfiguration configuration)
    {
        return services
            .AddChecked<EventOptions, EventOptionsValidator>(configuration, EventOptions.Section)
            .AddSingleton<IValidateOptions<EventOptions>, EventGridValidator>()
            .AddSingleton<EndpointTable>()
            .AddSingleton<EventOutbox>()
            .AddSingleton<OutboxTable>()
            .AddSingleton<UntoldMarkers>()
            .AddSingleton<DeliveryTable>();
    }
}
