using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>Whether a message may be sent as far as people and Twilio's refusals are concerned: no pause, no suspension, no stop of its country.</summary>
public sealed partial class SendPermission(
    ControlCache control, ChangeRecipient change, ContinueRecipient stale, IOptions<SendingOptions> options, ILogger<SendPermission> logger)
{
    /// <summary>The permission; null: the message is held (the end of that requeues it), or is rejected with its country.</summary>
    public async Task<ControlCache.Permission?> AskAsync(SendJob job, CancellationToken stopping)
    {
        var permission = await control.AskAsync(job.BroadcastId, job.To, job.Profile, stopping);
        if (permission.Window is null)
        {
            Log.Held(logger, job.BroadcastId, job.RecipientKey);
            return null;
        }

        if (permission.Stop is not { } stop)
        {
            return permission;
        }

        var reason = $"not sent, as its country was refused {options.Value.StopCountryAfter} times in a row: {TwilioErrors.Words(stop.Code)}";
        if (await change.TryAsync(job, job.Row, new RecipientEvent.RejectedUnsent(Guid.NewGuid().ToString("N"), stop.Code, reason), stopping) is null)
        {
            await stale.HandleAsync(job, stopping);
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2415, Level = LogLevel.Debug, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: held")]
        public static partial void Held(ILogger logger, string broadcastId, string recipientKey);
    }
}
