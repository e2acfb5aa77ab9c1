using BulkSms.Common;
using BulkSms.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BulkSms.Tests.Infra;

/// <summary>Every setting that the code reads, by the sections that its registration names.</summary>
internal static class KnownSettings
{
    /// <summary>As an environment variable is named; where a name is free, such as a country's, it is <c>XX</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. from service in Registered()
           where service.ServiceType == typeof(KnownSection)
           let section = (KnownSection)service.ImplementationInstance!
           from setting in section.Settings
           select $"{section.Name}__{setting.Replace(":", "__", StringComparison.Ordinal).Replace("*", "XX", StringComparison.Ordinal)}",
    ];

    private static IServiceCollection Registered() => new ServiceCollection().AddBulkSms(
        new ConfigurationBuilder().AddInMemoryCollection([new(StorageServices.Setting, "UseDevelopmentStorage=true")]).Build());
}
