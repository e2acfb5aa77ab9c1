using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;
using BulkSms.Common;
using BulkSms.Storage;

namespace BulkSms.Queues;

/// <summary>Broadcasts whose fan-out is to be done, or finished, outside their request.</summary>
public sealed class FanOutQueue(QueueServiceClient service)
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
    private readonly QueueClient queue = service.GetQueueClient(QueueNames.Expand);

    public Task EnqueueAsync(string broadcastId, CancellationToken cancellation) =>
        queue.SendMessageAsync(new FanOutJob { BroadcastId = broadcastId }.Write(), null, Forever, cancellation);
}

/// <summary>The contract of the queue <c>broadcast-expand</c>.</summary>
public sealed record FanOutJob
{
    [JsonPropertyName("v")]
    public int Version { get; init; } = 1;

    public required string BroadcastId { get; init; }

    public BinaryData Write() => new(JsonSerializer.SerializeToUtf8Bytes(this, FanOutJobJson.Default.FanOutJob));

    /// <exception cref="JsonException">Not an FanOutJob.</exception>
    public static FanOutJob Parse(BinaryData body) =>
        JsonSerializer.Deserialize(body.ToMemory().Span, FanOutJobJson.Default.FanOutJob) is { Version: 0 or 1 } job
        && Common.BroadcastId.IsWellFormed(job.BroadcastId)
            ? job with { Version = 1 } // the field may be missing
            : throw new JsonException("Not an FanOutJob of version 1.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FanOutJob))]
public sealed partial class FanOutJobJson : JsonSerializerContext;
