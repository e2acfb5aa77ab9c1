using System.Diagnostics.Metrics;
using Azure.Storage.Queues;
using BulkSms.Storage;
using BulkSms.Telemetry;
using Microsoft.Extensions.Logging;

namespace BulkSms.Queues;

/// <summary>
/// Measures the queues, once a sweep: how many messages, and how long the first one has been waiting. Only the instance that sweeps knows it, and only while it does.
/// </summary>
public sealed partial class QueueGauges
{
    /// <summary>What is older than this is not shown: another instance sweeps by now.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(3);

    private readonly QueueServiceClient service;
    private readonly TimeProvider time;
    private readonly ILogger<QueueGauges> logger;
    private volatile Measured? last;

    public QueueGauges(QueueServiceClient service, IMeterFactory meters, TimeProvider time, ILogger<QueueGauges> logger)
    {
        (this.service, this.time, this.logger) = (service, time, logger);
        var meter = meters.Create(BulkSmsTelemetry.Name);
        meter.CreateObservableGauge("bulksms.queue.depth", () => Show(queue => queue.Depth), "{message}", "Messages in a queue, hidden ones too");
        meter.CreateObservableGauge(
            "bulksms.queue.oldest_age", () => Show(queue => queue.OldestAge.TotalSeconds), "s", "Age of the first message that a queue would give out, 0 when there is none");
    }

    /// <summary>Measures once. Whatever fails it fails nothing else: the values before grow old and are shown no more.</summary>
    public async Task MeasureAsync(CancellationToken cancellation)
    {
        try
        {
            var queues = await Task.WhenAll(QueueNames.All.Select(name => MeasureAsync(name, cancellation)));
            last = new(queues, time.GetUtcNow());
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.NotMeasured(logger, e.GetType().Name);
        }
    }

    private async Task<MeasuredQueue> MeasureAsync(string name, CancellationToken cancellation)
    {
        var queue = service.GetQueueClient(name);
        var depth = (await queue.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount;
        var first = await queue.PeekMessageAsync(cancellation);
        return new(name, depth, first.Value?.InsertedOn is { } inserted ? time.GetUtcNow() - inserted : TimeSpan.Zero);
    }

    private IEnumerable<Measurement<double>> Show(Func<MeasuredQueue, double> value) => last is { } measured && time.GetUtcNow() - measured.At < Fresh
        ? measured.Queues.Select(queue => new Measurement<double>(value(queue), new KeyValuePair<string, object?>("queue", queue.Name)))
        : [];

    private sealed record Measured(IReadOnlyList<MeasuredQueue> Queues, DateTimeOffset At);

    private sealed record MeasuredQueue(string Name, int Depth, TimeSpan OldestAge);

    private static partial class Log
    {
        [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "The queues could not be measured ({Fault})")]
        public static partial void NotMeasured(ILogger logger, string fault);
    }
}
