using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Poison;

/// <summary>Registers poison messages.</summary>
public static class PoisonServices
{
    public static IServiceCollection AddPoison(this IServiceCollection services)
    {
        return services
            .AddSingleton<PoisonTable>()
            .AddSingleton<DeadLetterHandler>()
            .AddSingleton<FilePoison>()
            .AddSingleton<ReplayEntry>()
            .AddSingleton<ReplayPoison>()
            .AddSingleton<PoisonEndpoints>();
    }
}
