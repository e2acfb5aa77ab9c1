using BulkSms.Events;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Retention;
using BulkSms.Retention.People;
using BulkSms.SendingControl;

namespace BulkSms.Dispatch;

/// <summary>What a sweep does, in its order, on the one instance whose turn it is.</summary>
public sealed class SweepWork(QueueGauges queues, SuspensionGauge suspension, MissedTexts missed, ReconcileAfterRestore reconcile, Sweeper sweeper, SweepEvents events, RunPersonJobs people, PurgeOld purge)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        await queues.MeasureAsync(cancellation);
        await suspension.MeasureAsync(cancellation);
        await reconcile.RunAsync(cancellation);
        await missed.RunAsync(cancellation); // before the sweeper requeues what waits for them
        await sweeper.RunAsync(cancellation);
        await events.RunAsync(cancellation);
        await people.RunAsync(cancellation);
        await purge.RunAsync(cancellation);
    }
}
