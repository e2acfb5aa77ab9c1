using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Infrastructure;

/// <summary>Settings as configuration spells them → what the validators say.</summary>
internal static class ConfiguredOptions
{
    public static T Bind<T>(params (string Name, string? Value)[] settings)
        where T : class, new()
    {
        var options = new T();
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value)))
            .Build()
            .Bind(options);
        return options;
    }

    public static IEnumerable<string> Failures<T>(this IValidateOptions<T> validator, params (string Name, string? Value)[] settings)
        where T : class, new() => validator.Validate(Options.DefaultName, Bind<T>(settings)).Failures ?? [];
}
