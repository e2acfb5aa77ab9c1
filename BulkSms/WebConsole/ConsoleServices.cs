using BulkSms.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.WebConsole;

/// <summary>Registers what serves the web console.</summary>
public static class ConsoleServices
{
    public static IServiceCollection AddConsole(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ConsoleOptions>().Bind(configuration.GetSection(ConsoleOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton(KnownSection.Of<ConsoleOptions>(ConsoleOptions.Section))
            .AddSingleton<IValidateOptions<ConsoleOptions>, ConsoleOptionsValidator>()
            .AddSingleton<ConsoleSignIn>()
            .AddSingleton<ConsoleCalls>()
            .AddSingleton<ConsoleFiles>()
            .AddSingleton<ConsoleEndpoint>();
    }
}
