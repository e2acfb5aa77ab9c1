using System.Collections.Concurrent;

namespace BulkSms.MemoryStorage;

/// <summary>
/// What a storage account takes a second before it answers 503 ServerBusy. Source: https://learn.microsoft.com/azure/storage/queues/scalability-targets and
/// …/tables/scalability-targets. Each message that is put, got or deleted counts for its queue; each row that is read or written, for its partition;
/// what a query reads does not, as it is not said how it counts.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="scale">Part of the real limits: 0.1 makes a small machine meet what a large one would.</param>
public sealed class AccountLimits(TimeProvider time, double scale)
{
    private readonly ConcurrentDictionary<string, TokenBucket> buckets = new(StringComparer.Ordinal);

    /// <summary>Messages a second and queue. Default 2,000, scaled.</summary>
    public double QueueMessages { get; init; } = 2_000 * scale;

    /// <summary>Rows a second and partition. Default 2,000, scaled.</summary>
    public double PartitionRows { get; init; } = 2_000 * scale;

    /// <summary>Calls a second. Default 20,000, scaled.</summary>
    public double AccountOperations { get; init; } = 20_000 * scale;

    /// <summary>Takes a call to the account; false when it is busy.</summary>
    public bool TryAccount() => Bucket("", AccountOperations).TryTake();

    /// <summary>Takes the first message of a call to a queue; false when it is busy.</summary>
    public bool TryQueue(string queue) => Bucket("queue " + queue, QueueMessages).TryTake();

    /// <summary>Takes further messages of a call that was let through.</summary>
    public void TakeQueue(string queue, int messages) => Bucket("queue " + queue, QueueMessages).Take(messages);

    /// <summary>Takes the first row of a call to a partition; false when it is busy.</summary>
    public bool TryPartition(string partition) => Bucket("partition " + partition, PartitionRows).TryTake();

    /// <summary>Takes further rows of a call that was let through.</summary>
    public void TakePartition(string partition, int rows) => Bucket("partition " + partition, PartitionRows).Take(rows);

    private TokenBucket Bucket(string name, double rate) => buckets.GetOrAdd(name, _ => new(time, rate));

    // Holds what a second brings.
    private sealed class TokenBucket
    {
        private readonly Lock @lock = new();
        private readonly TimeProvider time;
        private readonly double rate;
        private double tokens;
        private long last;

        public TokenBucket(TimeProvider time, double rate)
        {
            (this.time, this.rate) = (time, rate);
            (tokens, last) = (rate, time.GetTimestamp());
        }

        public bool TryTake()
        {
            lock (@lock)
            {
                var now = time.GetTimestamp();
                tokens = Math.Min(rate, tokens + (rate * time.GetElapsedTime(last, now).TotalSeconds));
                last = now;
                if (tokens < 1)
                {
                    return false;
                }

                tokens--;
                return true;
            }
        }

        public void Take(int count)
        {
            lock (@lock)
            {
                tokens -= count; // may go below zero: the next call waits
            }
        }
    }
}
