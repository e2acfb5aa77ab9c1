using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Telemetry;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>The use case behind the queue trigger: gate, claim, call, record.</summary>
public sealed partial class SendSms(
    SendGate gate,
    ClaimLedger ledger,
    RecipientTable recipients,
    CallProvider call,
    FrozenAccount accounts,
    StatusCallbackUrl callbacks,
    SendResultHandler settle,
    BroadcastStore broadcasts,
    ReconcileUnconfirmed prove,
    OutboundQueue outbound,
    EnqueueSendJobs nudge,
    ControlCache holds,
    SuspendSending suspension,
    SendMetrics metrics,
    IOptions<SendingOptions> options,
    TimeProvider time,
    ILogger<SendSms> logger)
{
    /// <summary>A nudge this much early is taken as due: queues count whole seconds.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(2);

    /// <summary>Handles one nudge. It throws only when storage is away or the host stops: then the queue brings the nudge again.</summary>
    /// <param name="job">The nudge.</param>
    /// <param name="stopping">Fires when the host stops: nothing new begins then, but a call that has begun is never cancelled.</param>
    public async Task HandleAsync(SendJob job, CancellationToken stopping)
    {
        if (job.DueAt - time.GetUtcNow() > Early)
        {
            await outbound.EnqueueAsync(job, stopping);
            return;
        }

        if (job.ExpiresAt <= time.GetUtcNow())
        {
            await ExpireAsync(job, stopping);
            return;
        }

        // The clock is asked before the limiter: what is not sent now must not use up the rate of what is.
        if (await CheckControlAsync(job, stopping) is null || !await CheckClockAsync(job, null, stopping))
        {
            return;
        }

        if (await accounts.FindAsync(job, stopping) is not (var account, var frozen))
        {
            return; // held: it is another account's to send
        }

        job = frozen;
        (job, var entered, var isStale) = await gate.EnterAsync(job, stopping);
        using var pass = entered;
        if (pass is null)
        {
            await (isStale ? HandleStaleAsync(job, await recipients.ReadAsync(job.Key, stopping), stopping) : Task.CompletedTask);
            return;
        }

        if (await CheckControlAsync(job, stopping) is not { } permission) // the wait may have been long
        {
            pass.ReturnPermits();
            return;
        }

        if (!await CheckClockAsync(job, pass, stopping))
        {
            return;
        }

        stopping.ThrowIfCancellationRequested(); // the last moment: a claim that has begun is carried through
        using var activity = BulkSmsTelemetry.Continue("send sms", job.TraceParent, job.BroadcastId);
        var probe = permission.Probe is { } due ? await suspension.TryTakeProbeAsync(due) : null;
        if (permission.Probe is not null && probe is null)
        {
            pass.ReturnPermits();
            return; // another message is the probe; a send job for this one comes when sending is resumed
        }

        var window = new Deadline(time, options.Value.SendDeadline, permission.Window);
        var claim = await ledger.ClaimAsync(job, job.Account!, job.Service!, CancellationToken.None);
        if (claim.Held is null)
        {
            pass.ReturnPermits();
            await (probe is null ? Task.CompletedTask : suspension.ReturnProbeAsync(probe));
            await HandleStaleAsync(job, claim.Found, stopping);
            return;
        }

        var sms = new OutgoingSms(job.To, job.Text, job.Service!, callbacks.For(job.Key, claim.Held.Id, activity?.Id), OutgoingSms.ValidityOf(job.ExpiresAt, time.GetUtcNow()));
        var begun = time.GetTimestamp();
        var outcome = await gate.CallAsync(() => call.CallAsync(sms, account, new(window, options.Value.CallTimeout)));
        pass.Dispose();
        var took = time.GetElapsedTime(begun);
        metrics.Called(job, outcome, took);
        activity?.SetTag("bulksms.recipient.key", job.RecipientKey).SetTag("bulksms.attempt", claim.Held.Attempt).SetTag("bulksms.outcome", SendMetrics.NameOf(outcome));
        Log.Called(
            logger, job.BroadcastId, job.RecipientKey, claim.Held.Attempt, outcome.GetType().Name, took.TotalMilliseconds,
            (outcome as SendOutcome.Accepted)?.Sid, SendMetrics.CodeOf(outcome));
        await settle.HandleAsync(job, claim.Held, outcome);
        if (probe is not null)
        {
            await suspension.ProbedAsync(probe, outcome);
        }
    }

    private async Task<ControlCache.Permission?> CheckControlAsync(SendJob job, CancellationToken stopping)
    {
        var permission = await holds.AskAsync(job.BroadcastId, job.To, stopping);
        if (permission.Window is null)
        {
            Log.Held(logger, job.BroadcastId, job.RecipientKey);
            return null; // whoever ends the hold nudges everybody who waits
        }

        if (permission.Stop is not { } stop)
        {
            return permission;
        }

        var reason = $"not sent, as its country was refused {options.Value.StopCountryAfter} times in a row: {TwilioErrors.Words(stop.Code)}";
        if (await ledger.RejectWaitingAsync(job.Key, job.ETag, stop.Code, reason, stopping) is { } rejected)
        {
            await settle.PoisonAsync(job, rejected, stopping);
        }
        else
        {
            await HandleStaleAsync(job, await recipients.ReadAsync(job.Key, stopping), stopping);
        }

        return null;
    }

    // Whether it may go now; else it is expired or postponed, and what it has of the rate is given back first.
    private async Task<bool> CheckClockAsync(SendJob job, SendGate.Pass? pass, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        var hasExpired = job.ExpiresAt <= now;
        var due = hasExpired || QuietHours.Parse(job.QuietHours) is not { } quiet ? now : quiet.FirstAllowed(quiet.ZonesOf(job.To), now, job.ExpiresAt) ?? job.ExpiresAt ?? now;
        if (!hasExpired && due <= now)
        {
            return true;
        }

        pass?.ReturnPermits();
        await (hasExpired ? ExpireAsync(job, stopping) : PostponeAsync(job, due, stopping));
        return false;
    }

    // Sending has taken until the recipient's night, or a retry has come into it.
    private async Task PostponeAsync(SendJob job, DateTimeOffset due, CancellationToken stopping)
    {
        if (await recipients.TryMergeAsync(job.Key, job.ETag, new() { [RecipientColumns.DueAt] = due }, stopping) is { } written)
        {
            await nudge.OneAsync(job with { RowETag = written.ETag.ToString(), DueAt = due }, stopping);
        }
        else
        {
            await HandleStaleAsync(job, await recipients.ReadAsync(job.Key, stopping), stopping);
        }
    }

    private async Task ExpireAsync(SendJob job, CancellationToken stopping)
    {
        if (!await ledger.ExpireMessageAsync(job.Key, job.ETag, stopping))
        {
            await HandleStaleAsync(job, await recipients.ReadAsync(job.Key, stopping), stopping);
        }
    }

    // The nudge is not the truth: the row is.
    private async Task HandleStaleAsync(SendJob job, RecipientTable.Reading? found, CancellationToken stopping)
    {
        switch (found)
        {
            case { Row.Status: RecipientStatus.Pending }:
                await nudge.OneAsync(job.Again(found.Row), stopping);
                break;
            case { Row.Status: RecipientStatus.Sending } when found.Age >= options.Value.ClaimLease:
                await ledger.ExpireAsync(found.Row, stopping);
                Log.ClaimExpired(logger, job.BroadcastId, job.RecipientKey);
                break;
            case { Row.Status: RecipientStatus.Unconfirmed } when await broadcasts.FindAsync(job.BroadcastId, stopping) is { } broadcast:
                await prove.LookAsync(broadcast, job.Key, stopping); // if a look is due
                break;
            case { Row: { Status: RecipientStatus.Rejected, PoisonedAt: null } }:
                await settle.PoisonAsync(job, found.Row, stopping);
                break;
            default:
                Log.Dropped(logger, job.BroadcastId, job.RecipientKey, found?.Row.Status ?? "(gone)");
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: held")]
        public static partial void Held(ILogger logger, string broadcastId, string recipientKey);

        [LoggerMessage(Level = LogLevel.Information, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}, attempt {Attempt}: {Outcome} after {Duration} ms; message {Sid}, code {Code}")]
        public static partial void Called(ILogger logger, string broadcastId, string recipientKey, int attempt, string outcome, double duration, string? sid, int code);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: the sender that had claimed it is gone; it is unconfirmed now")]
        public static partial void ClaimExpired(ILogger logger, string broadcastId, string recipientKey);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: a stale nudge is dropped, the row is {Status}")]
        public static partial void Dropped(ILogger logger, string broadcastId, string recipientKey, string status);
    }
}
