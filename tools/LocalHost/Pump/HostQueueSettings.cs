using System.Text.Json;
using System.Text.Json.Serialization;

namespace BulkSms.LocalHost.Pump;

/// <summary>host.json → extensions.queues: the settings, and the defaults, of the Functions host's queue trigger.</summary>
public sealed record HostQueueSettings
{
    /// <summary>Messages fetched at a time, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>A further batch is fetched when no more than this many messages are being handled. Null: half of the batch.</summary>
    public int? NewBatchThreshold { get; init; }

    /// <summary>Deliveries after which a failed message goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a failed message stays hidden before it is delivered again.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>Longest pause before an empty queue is asked again.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a message stays hidden while it is handled; renewed at half of it. The host's own, not in host.json.</summary>
    [JsonIgnore]
    public TimeSpan Invisibility { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Section whose settings go above host.json's, for a faster pace in tests: <c>LocalHost:Queues:Invisibility</c>.</summary>
    public const string Section = "LocalHost:Queues";

    [JsonIgnore]
    public int Threshold => NewBatchThreshold ?? BatchSize / 2;

    /// <summary>These settings with those of <see cref="Section"/> above them.</summary>
    public HostQueueSettings With(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        return this with
        {
            BatchSize = section.GetValue(nameof(BatchSize), BatchSize),
            NewBatchThreshold = section.GetValue(nameof(NewBatchThreshold), NewBatchThreshold),
            VisibilityTimeout = section.GetValue(nameof(VisibilityTimeout), VisibilityTimeout),
            MaxPollingInterval = section.GetValue(nameof(MaxPollingInterval), MaxPollingInterval),
            MaxDequeueCount = section.GetValue(nameof(MaxDequeueCount), MaxDequeueCount),
            Invisibility = section.GetValue(nameof(Invisibility), Invisibility),
        };
    }

    /// <exception cref="SetupException">The file is missing, is not JSON or has settings out of range.</exception>
    public static HostQueueSettings Load(string path)
    {
        try
        {
            var settings = JsonSerializer.Deserialize(File.ReadAllText(path), HostJsonContext.Default.HostJson)?.Extensions?.Queues ?? new();
            return settings is { BatchSize: >= 1 and <= 32, MaxDequeueCount: >= 1, Threshold: >= 0 }
                ? settings
                : throw new SetupException($"{path}: extensions.queues is out of range (batchSize 1 to 32, maxDequeueCount from 1, newBatchThreshold from 0).");
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new SetupException($"{path} cannot be read: {e.Message}", e);
        }
    }
}

internal sealed record HostJson(HostExtensions? Extensions);

internal sealed record HostExtensions(HostQueueSettings? Queues);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(HostJson))]
internal sealed partial class HostJsonContext : JsonSerializerContext;
