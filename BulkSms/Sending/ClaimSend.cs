using BulkSms.Common;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Twilio;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>Claims a row for a call. While sending is suspended only the message that takes the probe is claimed.</summary>
public sealed class ClaimSend(ClaimLedger ledger, SuspendSending suspension, ContinueRecipient stale, IOptions<SendingOptions> options, TimeProvider time)
{
    /// <summary>Claims; the pass is given back when nothing is sent under it.</summary>
    /// <returns>Null: another message is the probe, or the row has changed, and what it calls for is done.</returns>
    public async Task<Claimed?> TryAsync(SendJob job, ControlCache.Permission permission, SendAdmission.Pass pass, CancellationToken stopping)
    {
        var probe = permission.Probe is { } due ? await suspension.TryTakeProbeAsync(due) : null;
        if (permission.Probe is not null && probe is null)
        {
            pass.ReturnPermits();
            return null; // a send job for this one comes when sending is resumed
        }

        var deadline = new Deadline(time, options.Value.SendDeadline, permission.Window);
        RecipientTable.Reading? found;
        try
        {
            var claim = await ledger.ClaimAsync(job, job.Account!, job.Service!, CancellationToken.None);
            if (claim.Held is { } held)
            {
                return new(held, new(deadline, options.Value.CallTimeout), probe);
            }

            found = claim.Found;
        }
        catch (Exception) when (probe is not null)
        {
            await suspension.ReturnProbeAsync(probe); // else the account would be probed an hour later only
            throw;
        }

        pass.ReturnPermits();
        await (probe is null ? Task.CompletedTask : suspension.ReturnProbeAsync(probe));
        await stale.HandleAsync(job, found, stopping);
        return null;
    }

    /// <summary>Concludes from what came of the call, if it was a probe.</summary>
    public Task ConcludeAsync(Claimed claimed, SendOutcome outcome) => claimed.Probe is { } probe ? suspension.ProbedAsync(probe, outcome) : Task.CompletedTask;

    /// <summary>The right to make one call.</summary>
    /// <param name="Claim">The claim.</param>
    /// <param name="Limits">The call's limits.</param>
    /// <param name="Probe">The suspension that it probes; null: sending is not suspended.</param>
    public sealed record Claimed(Claim Claim, CallLimits Limits, Suspension? Probe);
}
