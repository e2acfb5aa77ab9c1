using Microsoft.Extensions.Configuration;

namespace BulkSms.Functions;

/// <summary>The Functions host's settings, read as the host reads them: host.json beside the app, with app settings above it.</summary>
public static class HostSettings
{
    /// <summary>What app settings of the host begin with.</summary>
    private const string Section = "AzureFunctionsJobHost";

    /// <summary>Reads them.</summary>
    /// <param name="settings">The app settings.</param>
    /// <param name="folder">Where host.json lies; null: beside the app.</param>
    public static IConfiguration Read(IConfiguration settings, string? folder = null) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(folder ?? AppContext.BaseDirectory, "host.json"), optional: true)
        .AddConfiguration(settings.GetSection(Section))
        .Build();
}
