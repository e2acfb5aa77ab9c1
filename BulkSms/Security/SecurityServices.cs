using BulkSms.Common;
using BulkSms.Security.Usage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Security;

/// <summary>Registers who may call, and how much.</summary>
public static class SecurityServices
{
    public static IServiceCollection AddSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CallerOptions>().Configure(callers => callers.Take(configuration.GetSection(CallerOptions.Section))).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<CallerOptions>, CallerOptionsValidator>()
            .AddSingleton<IValidateOptions<CallerOptions>, CallerBudgetValidator>()
            .AddSingleton(new KnownSection(
                CallerOptions.Section, [$"*:{CallerOptions.KeyHashesSetting}", $"*:{CallerOptions.KeyHashesSetting}:*", $"*:{CallerOptions.MonthlyBudgetSetting}"]))
            .AddChecked<LimitOptions, LimitOptionsValidator>(configuration, LimitOptions.Section)
            .AddChecked<AuthOptions, AuthOptionsValidator>(configuration, AuthOptions.Section)
            .AddSingleton<BearerTokens>()
            .AddSingleton<CallerLimits>()
            .AddSingleton<CallerAllowances>()
            .AddSingleton<UsageTable>()
            .AddSingleton<UsageCounters>()
            .AddSingleton<NamedCallers>()
            .AddSingleton<CallerGate>();
    }
}
