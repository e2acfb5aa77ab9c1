using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.Sending.Pool;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>Registers sending one message.</summary>
public static class SendingServices
{
    public static IServiceCollection AddSending(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(PoolTimes.Default);
        return services
            .AddChecked<SendingOptions, SendingOptionsValidator>(configuration, SendingOptions.Section)
            .AddSingleton<IValidateOptions<SendingOptions>, ClaimLeaseValidator>()
            .AddSingleton<SendMetrics>()
            .AddSingleton<SendingRates>()
            .AddSingleton<FrozenAccount>()
            .AddSingleton<CountryStops>()
            .AddSingleton<ResultWatch>()
            .AddSingleton<SuspendSending>()
            .AddSingleton<CircuitReport>()
            .AddSingleton<CircuitBreaker>()
            .AddSingleton<ShareTable>()
            .AddSingleton<ShareKeeper>()
            .AddSingleton<SendRateLimiter>()
            .AddSingleton<MakeLane>()
            .AddSingleton<SendLanes>()
            .AddSingleton<CrowdedLanes>()
            .AddSingleton<SendAdmission>()
            .AddSingleton<ClaimLedger>()
            .AddSingleton<WritePoison>()
            .AddSingleton<RetrySchedule>()
            .AddSingleton<ChangeRecipient>()
            .AddSingleton<ContinueRecipient>()
            .AddSingleton<SendClock>()
            .AddSingleton<SendPermission>()
            .AddSingleton<ClaimSend>()
            .AddSingleton<MakeCall>()
            .AddSingleton<SendResultHandler>()
            .AddSingleton<AutoPause>()
            .AddSingleton<IBroadcastOptOuts>(provider => provider.GetRequiredService<AutoPause>())
            .AddSingleton<ReconcileUnconfirmed>()
            .AddSingleton<SendSms>()
            .AddHostedService<ConcurrencyCheck>();
    }
}
