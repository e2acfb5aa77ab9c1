using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.WebConsole;

/// <summary>Registers what serves the web console.</summary>
public static class ConsoleServices
{
    public static IServiceCollection AddConsole(this IServiceCollection services) => services
        .AddSingleton<ConsoleFiles>()
        .AddSingleton<ConsoleEndpoint>();
}
