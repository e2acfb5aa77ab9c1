using System.Globalization;

namespace BulkSms.MemoryStorage.Queues;

/// <summary>A queue: the message that is visible first comes first.</summary>
/// <param name="time">The clock.</param>
/// <param name="held">Takes how long a deleted message had been held by who received it.</param>
internal sealed class MemoryQueue(TimeProvider time, Durations held)
{
    private readonly Lock @lock = new();
    private readonly Dictionary<string, QueueItem> items = new(StringComparer.Ordinal);

    // A change of visibility adds an entry; those that are out of date are passed over.
    private readonly PriorityQueue<(QueueItem Item, int Version), (DateTimeOffset, long)> byVisibility = new();
    private long order;

    public int Count
    {
        get
        {
            lock (@lock)
            {
                return items.Count;
            }
        }
    }

    public QueueItem Send(string text, TimeSpan hidden, TimeSpan? lifetime)
    {
        var now = time.GetUtcNow();
        var item = new QueueItem(Guid.NewGuid().ToString(), text, now, lifetime is { } life ? now + life : DateTimeOffset.MaxValue);
        lock (@lock)
        {
            items.Add(item.Id, item);
            Show(item, now + hidden);
        }

        return item;
    }

    public List<QueueItem> Receive(int most, TimeSpan hidden)
    {
        var now = time.GetUtcNow();
        var received = new List<QueueItem>(most);
        lock (@lock)
        {
            while (received.Count < most && Next(now) is { } item)
            {
                byVisibility.Dequeue();
                item.DequeueCount++;
                item.ReceivedAt = now;
                Show(item, now + hidden);
                received.Add(item with { }); // as it is now: it may change before it is written
            }
        }

        return received;
    }

    /// <summary>The first that would be received, as it is.</summary>
    public QueueItem? Peek()
    {
        lock (@lock)
        {
            return Next(time.GetUtcNow()) is { } item ? item with { } : null;
        }
    }

    /// <summary>Deletes all messages, those that are hidden too.</summary>
    public void Clear()
    {
        lock (@lock)
        {
            items.Clear();
            byVisibility.Clear();
        }
    }

    /// <summary>Deletes a message; the error code when it cannot.</summary>
    public string? Delete(string id, string popReceipt)
    {
        lock (@lock)
        {
            if (Refuse(id, popReceipt) is { } code)
            {
                return code;
            }

            items.Remove(id, out var item);
            item!.Version++;
            item.Text = ""; // what is out of date goes when its time comes, and must not weigh until then
            if (item.ReceivedAt is { } received)
            {
                held.Add(time.GetUtcNow() - received);
            }

            return null;
        }
    }

    /// <summary>Changes when a message is visible, and its text; the error code when it cannot.</summary>
    public string? Update(string id, string popReceipt, TimeSpan hidden, string? text, out QueueItem? changed)
    {
        lock (@lock)
        {
            changed = null;
            if (Refuse(id, popReceipt) is { } code)
            {
                return code;
            }

            var item = items[id];
            item.Text = text ?? item.Text;
            Show(item, time.GetUtcNow() + hidden);
            changed = item with { };
            return null;
        }
    }

    private string? Refuse(string id, string popReceipt) =>
        !items.TryGetValue(id, out var item) ? "MessageNotFound" : item.PopReceipt != popReceipt ? "PopReceiptMismatch" : null;

    private QueueItem? Next(DateTimeOffset now)
    {
        while (byVisibility.TryPeek(out var entry, out _))
        {
            var isCurrent = entry.Version == entry.Item.Version;
            if (isCurrent && entry.Item.VisibleAt > now)
            {
                return null;
            }

            if (isCurrent && entry.Item.ExpiresAt > now)
            {
                return entry.Item;
            }

            byVisibility.Dequeue();
            if (isCurrent)
            {
                items.Remove(entry.Item.Id);
            }
        }

        return null;
    }

    private void Show(QueueItem item, DateTimeOffset at)
    {
        item.VisibleAt = at;
        item.Version++;
        item.PopReceipt = (++order).ToString("x16", CultureInfo.InvariantCulture);
        byVisibility.Enqueue((item, item.Version), (at, order));
    }
}

/// <summary>A message in a queue.</summary>
internal sealed record QueueItem(string Id, string Text, DateTimeOffset InsertedAt, DateTimeOffset ExpiresAt)
{
    public string Text { get; set; } = Text;

    public string PopReceipt { get; set; } = "";

    public DateTimeOffset VisibleAt { get; set; }

    public DateTimeOffset? ReceivedAt { get; set; }

    public int DequeueCount { get; set; }

    /// <summary>Counts the changes of visibility.</summary>
    public int Version { get; set; }
}
