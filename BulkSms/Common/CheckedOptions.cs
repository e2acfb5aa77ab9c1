using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Common;

/// <summary>Registers options that are checked when the app starts.</summary>
internal static class CheckedOptions
{
    /// <summary>Binds a section, and stops the start when one of its values, or of its names, is wrong.</summary>
    public static IServiceCollection AddChecked<TOptions, TValidator>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>, new()
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateOnStart();
        return services.AddSingleton(KnownSection.Of<TOptions>(section)).AddSingleton<IValidateOptions<TOptions>>(new SectionValidator<TOptions, TValidator>(section));
    }
}
