using BulkSms.Queues;
using BulkSms.Telemetry;

namespace BulkSms.Sending;

/// <summary>The use case behind the queue trigger: may it go, gate, claim, call, record.</summary>
public sealed class SendSms(
    SendClock clock, SendPermission permissions, FrozenAccount accounts, SendAdmission admission, ContinueRecipient stale, ClaimSend claims, MakeCall call, SendResultHandler results)
{
    /// <summary>Handles one send job. It throws only when storage is away or the host stops: then the queue brings the send job again.</summary>
    /// <param name="job">The send job.</param>
    /// <param name="stopping">Fires when the host stops: nothing new begins then, but a call that has begun is never canceled.</param>
    public async Task HandleAsync(SendJob job, CancellationToken stopping)
    {
        if (!await clock.IsDueAsync(job, stopping) || await stale.CompleteAsync(job, stopping) is not { } whole)
        {
            return;
        }

        // All is asked before the limiter: what is not sent now must not use up the rate of what is.
        job = whole;
        if (await permissions.AskAsync(job, stopping) is null || !await clock.IsAllowedNowAsync(job, null, stopping))
        {
            return;
        }

        if (await accounts.FindAsync(job, stopping) is not (var account, var frozen))
        {
            return; // held: it is another account's to send
        }

        (job, var entered, var isStale) = await admission.EnterAsync(frozen, stopping);
        using var pass = entered;
        if (pass is null)
        {
            await (isStale ? stale.HandleAsync(job, stopping) : Task.CompletedTask);
            return;
        }

        if (await permissions.AskAsync(job, stopping) is not { } permission) // the wait may have been long
        {
            pass.ReturnPermits();
            return;
        }

        if (!await clock.IsAllowedNowAsync(job, pass, stopping))
        {
            return;
        }

        stopping.ThrowIfCancellationRequested(); // the last moment: a claim that has begun is carried through
        using var activity = BulkSmsTelemetry.Continue("send sms", job.TraceParent, job.BroadcastId);
        if (await claims.TryAsync(job, permission, pass, stopping) is not { } claimed)
        {
            return;
        }

        var outcome = await call.RunAsync(job, account, claimed, activity);
        pass.Dispose();
        await results.HandleAsync(job, claimed.Claim, outcome);
        await claims.ConcludeAsync(claimed, outcome);
    }
}
