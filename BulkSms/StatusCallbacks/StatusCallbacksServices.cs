using BulkSms.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.StatusCallbacks;

/// <summary>Registers status callbacks.</summary>
public static class StatusCallbacksServices
{
    public static IServiceCollection AddStatusCallbacks(this IServiceCollection services, IConfiguration configuration)
    {
        return services
            .AddChecked<CallbackOptions, CallbackOptionsValidator>(configuration, CallbackOptions.Section)
            .AddSingleton<PollMissing>()
            .AddSingleton<ApplyStatusCallback>()
            .AddSingleton<ShortenedBroadcasts>()
            .AddSingleton<ApplyClick>()
            .AddSingleton<ClickEndpoint>()
            .AddSingleton<StatusCallbackEndpoint>();
    }
}
