using BulkSms.Broadcasts;
using BulkSms.Queues;
using BulkSms.Recipients;

namespace BulkSms.Sending;

/// <summary>Whether it is a message's time: it is due, it has not expired, and its recipient has no quiet hours.</summary>
public sealed class SendClock(RecipientTable recipients, ChangeRecipient change, OutboundQueue outbound, ContinueRecipient stale, TimeProvider time)
{
    /// <summary>A send job this much early is taken as due: queues count whole seconds.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(2);

    /// <summary>Whether a send job has come in time; else it has been hidden again, or its message has expired.</summary>
    public async Task<bool> IsDueAsync(SendJob job, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        if (job.DueAt - now > Early)
        {
            await outbound.EnqueueAsync(job, stopping);
            return false;
        }

        if (job.ExpiresAt <= now)
        {
            await ExpireAsync(job, stopping);
            return false;
        }

        return true;
    }

    /// <summary>Whether it may go now; else it is expired or postponed, and what it has of the rate is given back first.</summary>
    public async Task<bool> IsAllowedNowAsync(SendJob job, SendAdmission.Pass? pass, CancellationToken stopping)
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
        if (await change.TryAsync(job, job.Row, new RecipientEvent.Postponed(due), stopping) is null)
        {
            await stale.HandleAsync(job, stopping);
        }
    }

    private async Task ExpireAsync(SendJob job, CancellationToken stopping)
    {
        if (await recipients.TryApplyAsync(job.Row, new RecipientEvent.Expired(), stopping) is null)
        {
            await stale.HandleAsync(job, stopping);
        }
    }
}
