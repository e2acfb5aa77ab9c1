using System.Globalization;
using System.Text.Json;

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
    public TimeSpan Invisibility { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Section whose settings go above host.json's, for a faster pace in tests: <c>LocalHost:Queues:Invisibility</c>.</summary>
    public const string Section = "LocalHost:Queues";

    public int Threshold => NewBatchThreshold ?? BatchSize / 2;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

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
            using var json = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            var settings = Read(json.RootElement);
            return settings is { BatchSize: >= 1 and <= 32, MaxDequeueCount: >= 1, Threshold: >= 0 }
                ? settings
                : throw new SetupException($"{path}: extensions.queues is out of range (batchSize 1 to 32, maxDequeueCount from 1, newBatchThreshold from 0).");
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidOperationException or FormatException)
        {
            throw new SetupException($"{path} cannot be read: {e.Message}", e);
        }
    }

    // By hand: this is read before the app starts, and a serializer costs the start more than all the rest of it.
    private static HostQueueSettings Read(JsonElement host)
    {
        var (queues, known) = (Member(Member(host, "extensions"), "queues"), new HostQueueSettings());
        return known with
        {
            BatchSize = Member(queues, "batchSize")?.GetInt32() ?? known.BatchSize,
            NewBatchThreshold = Member(queues, "newBatchThreshold")?.GetInt32(),
            MaxDequeueCount = Member(queues, "maxDequeueCount")?.GetInt32() ?? known.MaxDequeueCount,
            VisibilityTimeout = Time(Member(queues, "visibilityTimeout")) ?? known.VisibilityTimeout,
            MaxPollingInterval = Time(Member(queues, "maxPollingInterval")) ?? known.MaxPollingInterval,
        };
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { } there && there.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static TimeSpan? Time(JsonElement? text) => text is { } time ? TimeSpan.ParseExact(time.GetString()!, "c", CultureInfo.InvariantCulture) : null;
}
