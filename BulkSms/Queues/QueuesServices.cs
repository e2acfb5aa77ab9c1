using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Queues;

/// <summary>Registers the queues.</summary>
public static class QueuesServices
{
    public static IServiceCollection AddQueues(this IServiceCollection services)
    {
        return services
            .AddSingleton<QueueGauges>()
            .AddSingleton<OutboundQueue>()
            .AddSingleton<PoisonQueue>()
            .AddSingleton<FanOutQueue>()
            .AddSingleton<EventQueue>();
    }
}
