using System.Globalization;
using BulkSms.Queues;
using Microsoft.Extensions.Configuration;

namespace BulkSms.Functions;

/// <summary>The Functions host's settings for queue triggers.</summary>
public static class HostQueues
{
    private const int DefaultBatchSize = 16;

    /// <summary>Messages that the host gives one instance at a time.</summary>
    /// <param name="host">The host's settings.</param>
    public static QueueTriggerLimit Limit(IConfiguration host)
    {
        var queues = host.GetSection("extensions:queues");
        var batch = Number(queues["batchSize"]) ?? DefaultBatchSize;
        return new(batch + (Number(queues["newBatchThreshold"]) ?? batch / 2));
    }

    private static int? Number(string? value) => int.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : null;
}
