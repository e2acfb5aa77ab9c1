using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BulkSms.Queues;

/// <summary>Registers the queues.</summary>
public static class QueuesServices
{
    public static IServiceCollection AddQueues(this IServiceCollection services)
    {
        services.TryAddSingleton(QueueTriggerLimit.OfHostJson);
        return services
            .AddSingleton<QueueGauges>()
            .AddSingleton<OutboundQueue>()
            .AddSingleton<PoisonQueue>()
            .AddSingleton<FanOutQueue>()
            .AddSingleton<EventQueue>();
    }
}
