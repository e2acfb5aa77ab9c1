using BulkSms.Common;
using BulkSms.Recipients;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.OptOuts;

/// <summary>Registers the opt-out list and the review list.</summary>
public static class OptOutsServices
{
    public static IServiceCollection AddOptOuts(this IServiceCollection services, IConfiguration configuration)
    {
        return services
            .AddChecked<OptOutOptions, OptOutOptionsValidator>(configuration, OptOutOptions.Section)
            .AddSingleton<HashKeySource>()
            .AddSingleton<KeptOptOuts>()
            .AddSingleton<HashKeysCheck>()
            .AddHostedService(provider => provider.GetRequiredService<HashKeysCheck>())
            .AddSingleton<OptOutList>()
            .AddSingleton<IPersonalData, ErasePersonFromOptOuts>()
            .AddSingleton<OptOutCache>()
            .AddSingleton<OptOutMetrics>()
            .AddSingleton<WaitingRows>()
            .AddSingleton<ApplyOptOuts>()
            .AddSingleton<ReviewList>()
            .AddSingleton<ReviewHolds>()
            .AddSingleton<ReleaseHolds>()
            .AddSingleton<ReviewActions>()
            .AddSingleton<ReviewEndpoints>()
            .AddSingleton<TextTimes>()
            .AddSingleton<ReceivedTexts>()
            .AddSingleton<HearTexts>()
            .AddSingleton<MissedTexts>()
            .AddSingleton<EnqueueSendJobs>()
            .AddSingleton<ChangeOptOuts>()
            .AddSingleton<OptOutImport>()
            .AddSingleton<OptOutUpload>()
            .AddSingleton<OptOutCursor>()
            .AddSingleton<OptOutEndpoints>()
            .AddSingleton<OptOutWebhook>();
    }
}
