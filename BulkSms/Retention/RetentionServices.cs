using BulkSms.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Retention;

/// <summary>Registers erasing.</summary>
public static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services, IConfiguration configuration)
    {
        return services
            .AddChecked<RetentionOptions, RetentionOptionsValidator>(configuration, RetentionOptions.Section)
            .AddSingleton<ErasedElsewhere>()
            .AddSingleton<EraseBroadcast>()
            .AddSingleton<EraseEndpoint>()
            .AddSingleton<EraseListed>()
            .AddSingleton<ForgetKeys>()
            .AddSingleton<TrimEvents>()
            .AddSingleton<TrimTables>()
            .AddSingleton<PurgeOld>();
    }
}
