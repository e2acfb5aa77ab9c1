using BulkSms.Common;
using BulkSms.Profiles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts;

/// <summary>Registers broadcasts and where they are stored.</summary>
public static class BroadcastsServices
{
    public static IServiceCollection AddBroadcasts(this IServiceCollection services, IConfiguration configuration)
    {
        return services
            .AddChecked<BroadcastOptions, BroadcastOptionsValidator>(configuration, BroadcastOptions.Section)
            .AddSingleton<IValidateOptions<ProfileOptions>, ProfileQuietHoursValidator>()
            .AddSingleton<RecipientBlobs>()
            .AddSingleton<BroadcastStore>()
            .AddSingleton<KeptCounts>()
            .AddSingleton<CountProgress>()
            .AddSingleton<ClosedBroadcasts>()
            .AddSingleton<ApprovalDecisions>()
            .AddSingleton<CanaryDecisions>()
            .AddSingleton<ApprovalGauge>()
            .AddSingleton<IdempotencyStore>()
            .AddSingleton<RecentTexts>()
            .AddSingleton<RequestTraces>()
            .AddSingleton<ErasePersonFromLists>()
            .AddSingleton<ListFence>();
    }
}
