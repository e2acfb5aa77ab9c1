using BulkSms.Outbox;
using BulkSms.Queues;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>Writes down what came of a call to an endpoint, and does what follows. A delivery that is given up goes to the poison queue first, so that its reason is never lost.</summary>
public sealed partial class RecordDelivery(
    DeliveryTable table, EndpointTable endpoints, EventQueue queue, EventMetrics metrics, IOptions<EventOptions> options, TimeProvider time, Random random, ILogger<RecordDelivery> logger)
{
    private const int Tries = 20;

    /// <summary>Records what came of a call.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="claimed">The delivery as it was claimed.</param>
    /// <param name="outcome">What came of the call.</param>
    public Task RunAsync(EventEndpoint endpoint, EventDelivery claimed, DeliveryOutcome outcome)
    {
        metrics.Called(endpoint.Name, outcome);
        return outcome switch
        {
            DeliveryOutcome.Delivered => table.TryMoveAsync(
                claimed, claimed with { Status = DeliveryStatus.Delivered, FinishedAt = time.GetUtcNow(), Reason = null, AnswerStatus = outcome.Status }, CancellationToken.None),
            DeliveryOutcome.Gone => GoneAsync(claimed, outcome),
            DeliveryOutcome.Failed failed => FailedAsync(claimed, failed),
            _ => throw new InvalidOperationException($"An outcome without a record: {outcome.GetType().Name}"),
        };
    }

    /// <summary>Ends a delivery without a call: its endpoint is switched off or gone. It can be replayed once the endpoint is there.</summary>
    public Task EndAsync(EventDelivery delivery, string reason) => table.TryMoveAsync(
        delivery, delivery with { Status = DeliveryStatus.Failed, FinishedAt = time.GetUtcNow(), Reason = reason }, CancellationToken.None);

    private async Task FailedAsync(EventDelivery claimed, DeliveryOutcome.Failed failed)
    {
        var now = time.GetUtcNow();
        if (DeliveryRetry.After(claimed, failed.RetryAfter, options.Value, now, random) is not { } next)
        {
            await GiveUpAsync(claimed, failed, now);
            return;
        }

        Log.Failed(logger, claimed.Endpoint, claimed.Id, claimed.Attempts, failed.Reason);
        if (await table.TryPostponeAsync(claimed with { NextAttemptAt = next, Reason = failed.Reason, AnswerStatus = failed.Status }, CancellationToken.None))
        {
            await queue.EnqueueAsync(new() { Endpoint = claimed.Endpoint, Delivery = claimed.Key }, next - now, CancellationToken.None);
        }
    }

    private async Task GiveUpAsync(EventDelivery claimed, DeliveryOutcome outcome, DateTimeOffset now)
    {
        Log.GivenUp(logger, claimed.Endpoint, claimed.Id, claimed.Attempts, outcome.Reason);
        await queue.PoisonAsync(new() { Endpoint = claimed.Endpoint, Delivery = claimed.Key }, new(outcome.Reason, now, claimed.Attempts), CancellationToken.None);
        metrics.GivenUp(claimed.Endpoint);
        await table.TryMoveAsync(
            claimed, claimed with { Status = DeliveryStatus.Failed, FinishedAt = now, Reason = outcome.Reason, AnswerStatus = outcome.Status }, CancellationToken.None);
    }

    private async Task GoneAsync(EventDelivery claimed, DeliveryOutcome outcome)
    {
        for (var i = 0; i < Tries && await endpoints.FindAsync(claimed.Endpoint, CancellationToken.None) is { IsOff: false } endpoint; i++)
        {
            if (await endpoints.TryWriteAsync(endpoint with { OffSince = time.GetUtcNow(), OffReason = outcome.Reason }, CancellationToken.None))
            {
                Log.SwitchedOff(logger, claimed.Endpoint);
                metrics.SwitchedOff(claimed.Endpoint);
                break;
            }
        }

        await GiveUpAsync(claimed, outcome, time.GetUtcNow());
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3303, Level = LogLevel.Warning, Message = "Endpoint {Endpoint}, delivery {Delivery}, attempt {Attempt} failed: {Reason}. It is tried again")]
        public static partial void Failed(ILogger logger, string endpoint, string delivery, int attempt, string reason);

        [LoggerMessage(EventId = 3304, Level = LogLevel.Error, Message = "Endpoint {Endpoint}, delivery {Delivery} is given up after {Attempts} attempts: {Reason}")]
        public static partial void GivenUp(ILogger logger, string endpoint, string delivery, int attempts, string reason);

        [LoggerMessage(EventId = 3305, Level = LogLevel.Error, Message = "Endpoint {Endpoint} answered 410 and is switched off: it is told of no more events")]
        public static partial void SwitchedOff(ILogger logger, string endpoint);
    }
}
