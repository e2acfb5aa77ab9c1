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

    /// <summary>Asserts that a setting takes its lowest and its highest value, and refuses those just outside with the whole range in words.</summary>
    /// <param name="validator">The validator.</param>
    /// <param name="field">The setting.</param>
    /// <param name="values">Too low, lowest, highest, too high; an empty one cannot be written.</param>
    /// <param name="range">The range as the message tells it.</param>
    /// <param name="others">Other settings that must be there.</param>
    public static void AssertRange<T>(this IValidateOptions<T> validator, string field, string[] values, string range, params (string, string?)[] others)
        where T : class, new()
    {
        var message = $"{field}: The field {typeof(T).Name}.{field} must be between {range}.";
        string[][] expected = [[message], [], [], [message]];
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected[i], validator.Failures([.. others, (field, values[i])]));
        }
    }
}
