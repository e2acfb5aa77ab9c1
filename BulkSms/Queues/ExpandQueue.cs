using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;
using BulkSms.Broadcasts;
using BulkSms.Storage;

namespace BulkSms.Queues;

/// <summary>Broadcasts whose fan-out is to be done, or finished, outside their request.</summary>
public sealed class ExpandQueue(QueueServiceClient service)
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
    private readonly QueueClient queue = service.GetQueueClient(QueueNames.Expand);

    public Task EnqueueAsync(string broadcastId, CancellationToken cancellation) =>
        queue.SendMessageAsync(new ExpandJob { BroadcastId = broadcastId }.Write(), null, Forever, cancellation);
}

/// <summary>The contract of the queue <c>broadcast-expand</c>.</summary>
public sealed record ExpandJob
{
    [JsonPropertyName("v")]
    public int Version { get; init; } = 1;

    public required string BroadcastId { get; init; }

    public BinaryData Write() => new(JsonSerializer.SerializeToUtf8Bytes(this, ExpandJobJson.Default.ExpandJob));

    /// <exception cref="JsonException">Not an ExpandJob.</exception>
    public static ExpandJob Parse(BinaryData body) =>
        JsonSerializer.Deserialize(body.ToMemory().Span, ExpandJobJson.Default.ExpandJob) is { Version: 0 or 1 } job
        && Broadcasts.BroadcastId.IsWellFormed(job.BroadcastId)
            ? job with { Version = 1 } // the field may be missing
            : throw new JsonException("Not an ExpandJob of version 1.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExpandJob))]
public sealed partial class ExpandJobJson : JsonSerializerContext;
