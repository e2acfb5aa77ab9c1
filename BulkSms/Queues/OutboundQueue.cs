using Azure;
using Azure.Storage.Queues;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Storage;
using BulkSms.Storage.Calls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Queues;

/// <summary>Send jobs on their way to a sender.</summary>
public sealed partial class OutboundQueue(QueueServiceClient service, StorageCalls storage, IOptions<BroadcastOptions> options, TimeProvider time, Random random, ILogger<OutboundQueue> logger)
{
    // A queue takes some 2,000 messages a second; a large broadcast brings more. Beyond that it says that it is busy, and who wrote too fast waits.
    private const string Busy = "ServerBusy";
    private const int BusyTries = 12;
    private static readonly TimeSpan FirstBusyPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBusyPause = TimeSpan.FromSeconds(10);

    /// <summary>Storage's own limit for a message's invisibility.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(7);
    private readonly QueueClient normal = service.GetQueueClient(QueueNames.Outbound);
    private readonly QueueClient high = service.GetQueueClient(QueueNames.OutboundHigh);
    private readonly QueueCalls normalCalls = storage.Queue(QueueNames.Outbound);
    private readonly QueueCalls highCalls = storage.Queue(QueueNames.OutboundHigh);

    /// <summary>Writes one send job, hidden until it is due (at most 7 days: an early one is hidden again).</summary>
    public Task EnqueueAsync(SendJob job, CancellationToken cancellation)
    {
        var delay = job.DueAt is { } due ? due - time.GetUtcNow() : TimeSpan.Zero;
        TimeSpan? hidden = delay <= TimeSpan.Zero ? null : delay < MaxDelay ? delay : MaxDelay;
        return (job.High ? highCalls : normalCalls).PutAsync(QueueMessageSize.Check((hidden > options.Value.HiddenWithText ? job.AsReference() : job).Write()), hidden, cancellation);
    }

    /// <summary>
    /// When the send job was written that a sender would be given next, by storage's clock, in whole seconds; null when there is none. A row whose send job was written later need not be
    /// requeued: that send job is still to come.
    /// </summary>
    /// <param name="isHigh">In which queue: see <see cref="SendJob.High"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<DateTimeOffset?> OldestAsync(bool isHigh, CancellationToken cancellation) => (await Queue(isHigh).PeekMessageAsync(cancellation)).Value?.InsertedOn;

    /// <summary>About how many send jobs there are before a new one of a priority, with those that are not due.</summary>
    /// <param name="isHigh">Whether it would be high: then only those of high priority are.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<int> CountAsync(bool isHigh, CancellationToken cancellation) => isHigh
        ? (await high.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount
        : (await MeasureAsync(cancellation)).Messages;

    /// <summary>About how many send jobs there are in both queues, with those that are not due, and when the next one was written.</summary>
    public async Task<(int Messages, DateTimeOffset? Oldest)> MeasureAsync(CancellationToken cancellation)
    {
        var (depths, oldest) = (Task.WhenAll(normal.GetPropertiesAsync(cancellation), high.GetPropertiesAsync(cancellation)), OldestOfBothAsync(cancellation));
        await Task.WhenAll(depths, oldest);
        return ((await depths).Sum(each => each.Value.ApproximateMessagesCount), await oldest);
    }

    /// <summary>Whether every send job with a number and a text that was written before a time has left the queue, also those that waited hidden then.</summary>
    public async Task<bool> HasLeftAsync(DateTimeOffset written, CancellationToken cancellation) =>
        time.GetUtcNow() - written >= options.Value.HiddenWithText && (await OldestOfBothAsync(cancellation) is not { } oldest || oldest > written);

    private async Task<DateTimeOffset?> OldestOfBothAsync(CancellationToken cancellation) => (await Task.WhenAll(OldestAsync(isHigh: false, cancellation), OldestAsync(isHigh: true, cancellation))).Min();

    private QueueClient Queue(bool isHigh) => isHigh ? high : normal;

    /// <summary>
    /// Writes send jobs in parallel, as many at a time as there are slots, more slowly while the queue is busy; fails after all were tried if one failed.
    /// </summary>
    public async Task EnqueueAllAsync(IEnumerable<SendJob> jobs, SemaphoreSlim slots, CancellationToken cancellation)
    {
        var refused = 0;
        try
        {
            await Task.WhenAll(jobs.Select(async job =>
            {
                await slots.WaitAsync(cancellation);
                try
                {
                    await EnqueueUnlessBusyAsync(job, () => Interlocked.Increment(ref refused), cancellation);
                }
                finally
                {
                    slots.Release();
                }
            }));
        }
        finally
        {
            if (refused > 0)
            {
                Log.QueueWasBusy(logger, refused);
            }
        }
    }

    private async Task EnqueueUnlessBusyAsync(SendJob job, Action onRefused, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await EnqueueAsync(job, cancellation);
                return;
            }
            catch (RequestFailedException e) when (e.ErrorCode == Busy && attempt < BusyTries)
            {
                onRefused();
                await Task.Delay(Backoff.For(attempt, FirstBusyPause, LongestBusyPause, random), time, cancellation);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "The queue takes no more at a time: {Refused} messages had to wait")]
        public static partial void QueueWasBusy(ILogger logger, int refused);
    }
}
