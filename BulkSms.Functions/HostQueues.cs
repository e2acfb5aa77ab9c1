using System.Globalization;
using BulkSms.Queues;
using Microsoft.Extensions.Configuration;

namespace BulkSms.Functions;

/// <summary>The Functions host's settings for queue triggers, read as the host reads them: host.json beside the app, with app settings above it.</summary>
public static class HostQueues
{
    private const int DefaultBatchSize = 16;

    /// <summary>Messages that the host gives one instance at a time.</summary>
    /// <param name="settings">The app settings; those of host.json begin with <c>AzureFunctionsJobHost__</c>.</param>
    /// <param name="folder">Where host.json lies.</param>
    public static QueueTriggerLimit Limit(IConfiguration settings, string folder)
    {
        var queues = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(folder, "host.json"), optional: true)
            .AddConfiguration(settings.GetSection("AzureFunctionsJobHost"))
            .Build().GetSection("extensions:queues");
        var batch = Number(queues["batchSize"]) ?? DefaultBatchSize;
        return new(batch + (Number(queues["newBatchThreshold"]) ?? batch / 2));
    }

    private static int? Number(string? value) => int.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : null;
}
