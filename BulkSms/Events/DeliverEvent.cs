using BulkSms.Outbox;
using BulkSms.Queues;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>
/// The use case behind the queue <c>events-outbound</c>: looks at a delivery, takes it for one call, makes the call and records what came of it. A message may be lost, doubled, late or stale: the
/// delivery's row decides.
/// </summary>
public sealed class DeliverEvent(
    DeliveryTable table, EndpointTable endpoints, EndpointLimits limits, CallEndpoint call, RecordDelivery record, EventQueue queue, IOptions<EventOptions> options, TimeProvider time)
{
    /// <summary>A message may come so much before its time by this instance's clock.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(10);

    /// <summary>Handles one message.</summary>
    /// <param name="job">Which delivery.</param>
    /// <param name="stopping">Fires when the host stops: nothing new begins then, but a call that has begun comes to its end.</param>
    public async Task HandleAsync(EventJob job, CancellationToken stopping)
    {
        if (await table.FindAsync(job.Endpoint, job.Delivery, DeliveryStatus.Pending, stopping) is not { } delivery || delivery.NextAttemptAt - time.GetUtcNow() > Early)
        {
            return; // it is done or erased; or another instance has it, or its next message comes later
        }

        if (await endpoints.FindAsync(job.Endpoint, stopping) is not { IsOff: false } endpoint)
        {
            await record.EndAsync(delivery, "the endpoint is switched off, or deleted");
            return;
        }

        using var place = limits.TryEnter(job.Endpoint);
        if (place is null)
        {
            await queue.EnqueueAsync(job, limits.WaitOf(job.Endpoint), stopping);
            return;
        }

        stopping.ThrowIfCancellationRequested();
        if (await table.TryClaimAsync(delivery, time.GetUtcNow() + (2 * options.Value.CallTimeout), CancellationToken.None) is not { } claimed)
        {
            return; // another instance has it
        }

        var outcome = await call.RunAsync(endpoint, claimed);
        place.Ended(outcome is DeliveryOutcome.Failed);
        await record.RunAsync(endpoint, claimed, outcome);
    }
}
