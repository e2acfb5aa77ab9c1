using BulkSms.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Unreachable;

/// <summary>Registers what is known of numbers that cannot get texts.</summary>
public static class UnreachableServices
{
    public static IServiceCollection AddUnreachable(this IServiceCollection services, IConfiguration configuration) => services
        .AddChecked<UnreachableOptions, UnreachableOptionsValidator>(configuration, UnreachableOptions.Section)
        .AddSingleton<UnreachableTable>()
        .AddSingleton<UnreachableNumbers>();
}
