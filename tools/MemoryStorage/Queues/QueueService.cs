using System.Collections.Concurrent;

namespace BulkSms.MemoryStorage.Queues;

/// <summary>The queue service.</summary>
internal sealed class QueueService(TimeProvider time, Func<AccountLimits?> limits)
{
    private const int DefaultInvisibility = 30;
    private const int DefaultLifetime = 7 * 24 * 3600;
    private readonly ConcurrentDictionary<string, MemoryQueue> queues = new(StringComparer.Ordinal);

    /// <summary>How long messages were held by who received them, until deleted.</summary>
    public Durations Held { get; } = new();

    public StorageReply Handle(StorageCall call)
    {
        var path = call.Path.Split('/');
        if (path.Length == 1 && call.Method == "PUT")
        {
            return new("queue create", queues.TryAdd(path[0], new(time, Held)) ? 201 : 204);
        }

        if (!queues.TryGetValue(path[0], out var queue))
        {
            return StorageReply.Error("queue other", 404, "QueueNotFound");
        }

        if (limits()?.TryQueue(path[0]) == false)
        {
            return StorageReply.Busy("queue");
        }

        return (call.Method, path.Length) switch
        {
            ("GET" or "HEAD", 1) => new StorageReply("queue properties", 200).With("x-ms-approximate-messages-count", queue.Count),
            ("POST", 2) => Send(queue, call),
            ("GET", 2) => call.Query("peekonly") == "true" ? Peek(queue) : Receive(path[0], queue, call),
            ("DELETE", 2) => Clear(queue),
            ("DELETE", 3) => Delete(queue, path[2], call),
            ("PUT", 3) => Update(queue, path[2], call),
            _ => StorageReply.Error("queue other", 405, "UnsupportedHttpVerb"),
        };
    }

    private static StorageReply Send(MemoryQueue queue, StorageCall call)
    {
        var lifetime = call.Number("messagettl") ?? DefaultLifetime;
        var item = queue.Send(
            QueueXml.ReadText(call.Body.Span) ?? "", TimeSpan.FromSeconds(call.Number("visibilitytimeout") ?? 0), lifetime < 0 ? null : TimeSpan.FromSeconds(lifetime));
        return new StorageReply("queue send", 201).WithXml(QueueXml.Write([item], isReceived: true, isText: false));
    }

    private StorageReply Receive(string name, MemoryQueue queue, StorageCall call)
    {
        var received = queue.Receive(call.Number("numofmessages") ?? 1, TimeSpan.FromSeconds(call.Number("visibilitytimeout") ?? DefaultInvisibility));
        limits()?.TakeQueue(name, Math.Max(0, received.Count - 1));
        return new StorageReply("queue receive", 200).WithXml(QueueXml.Write(received, isReceived: true, isText: true));
    }

    private static StorageReply Peek(MemoryQueue queue) =>
        new StorageReply("queue peek", 200).WithXml(QueueXml.Write(queue.Peek() is { } first ? [first] : [], isReceived: false, isText: true));

    private static StorageReply Clear(MemoryQueue queue)
    {
        queue.Clear();
        return new("queue clear", 204);
    }

    private static StorageReply Delete(MemoryQueue queue, string id, StorageCall call) =>
        Answer("queue delete", queue.Delete(id, call.Query("popreceipt") ?? ""));

    private static StorageReply Update(MemoryQueue queue, string id, StorageCall call)
    {
        var refusal = queue.Update(
            id, call.Query("popreceipt") ?? "", TimeSpan.FromSeconds(call.Number("visibilitytimeout") ?? 0), QueueXml.ReadText(call.Body.Span), out var item);
        var reply = Answer("queue update", refusal);
        return item is null ? reply : reply.With("x-ms-popreceipt", item.PopReceipt).With("x-ms-time-next-visible", QueueXml.Time(item.VisibleAt));
    }

    private static StorageReply Answer(string operation, string? refusal) =>
        refusal is null ? new(operation, 204) : StorageReply.Error(operation, refusal == "MessageNotFound" ? 404 : 400, refusal);
}
