using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;
using BulkSms.Outbox;
using BulkSms.Storage;

namespace BulkSms.Queues;

/// <summary>Deliveries of events on their way to an endpoint.</summary>
public sealed class EventQueue(QueueServiceClient service)
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
    private readonly QueueClient queue = service.GetQueueClient(QueueNames.Events);
    private readonly QueueClient poison = service.GetQueueClient(QueueNames.EventsPoison);

    /// <summary>Writes a message that says "look at this delivery".</summary>
    /// <param name="job">Which delivery.</param>
    /// <param name="after">How long it is hidden.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task EnqueueAsync(EventJob job, TimeSpan after, CancellationToken cancellation) =>
        queue.SendMessageAsync(job.Write(), after > TimeSpan.Zero ? after : null, Forever, cancellation);

    /// <summary>Puts a delivery that was given up into the poison queue, with its reason.</summary>
    public Task PoisonAsync(EventJob job, EventFailure failure, CancellationToken cancellation) =>
        poison.SendMessageAsync((job with { Failure = failure }).Write(), null, Forever, cancellation);
}

/// <summary>The contract of the queue <c>events-outbound</c>: it names a delivery, and holds nothing that is personal. The delivery's row is the truth.</summary>
public sealed record EventJob
{
    [JsonPropertyName("v")]
    public int Version { get; init; } = 1;

    public required string Endpoint { get; init; }

    /// <summary>See <see cref="EventDelivery.Key"/>.</summary>
    public required string Delivery { get; init; }

    /// <summary>Why it is in the poison queue; null elsewhere, and in what the host itself copied there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventFailure? Failure { get; init; }

    public BinaryData Write() => new(JsonSerializer.SerializeToUtf8Bytes(this, EventJobJson.Default.EventJob));

    /// <exception cref="JsonException">Not an EventJob.</exception>
    public static EventJob Parse(BinaryData body) =>
        JsonSerializer.Deserialize(body.ToMemory().Span, EventJobJson.Default.EventJob) is { Version: 0 or 1 } job && EventEndpoint.IsName(job.Endpoint) && EventDelivery.IsKey(job.Delivery)
            ? job with { Version = 1 } // the field may be missing
            : throw new JsonException("Not an EventJob of version 1.");
}

/// <summary>Why a delivery was given up.</summary>
/// <param name="Reason">In words.</param>
/// <param name="At">When.</param>
/// <param name="Attempts">Calls made.</param>
public sealed record EventFailure(string Reason, DateTimeOffset At, int Attempts);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EventJob))]
public sealed partial class EventJobJson : JsonSerializerContext;
