using BulkSms.Common;
using BulkSms.Profiles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Estimates;

/// <summary>Registers estimates and the preview.</summary>
public static class EstimatesServices
{
    public static IServiceCollection AddEstimates(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PriceOptions>().Configure(prices => prices.Take(configuration.GetSection(PriceOptions.Section))).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<PriceOptions>, PriceOptionsValidator>()
            .AddSingleton(new KnownSection(PriceOptions.Section, ["*"]))
            .AddSingleton<IValidateOptions<ProfileOptions>, ProfilePricesValidator>()
            .AddSingleton<ImportedPrices>()
            .AddSingleton<CurrentPrices>()
            .AddSingleton<FetchPrices>()
            .AddSingleton<PriceEndpoints>()
            .AddSingleton<ApprovalRule>()
            .AddSingleton<UsageDemands>()
            .AddSingleton<PreviewKnowledge>()
            .AddSingleton<WaitingAhead>()
            .AddSingleton<ForecastBroadcast>()
            .AddSingleton<PreviewEndpoint>();
    }
}
