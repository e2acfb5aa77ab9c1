using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Queues;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// Lets a message go only by the Twilio account that its broadcast was accepted for. A send job of another account is passed on a few times, for another host
/// may have that account, and then dropped: its row stays pending, and the sweeper requeues it.
/// </summary>
public sealed partial class FrozenAccount(
    TwilioCredentialsSource credentials, BroadcastStore broadcasts, OutboundQueue outbound, IOptions<SendingOptions> options, TimeProvider time, Random random, ILogger<FrozenAccount> logger)
{
    /// <summary>The credentials of the account that a message was accepted for, and its send job with account and Messaging Service.</summary>
    /// <returns>Null when this host has another account: then nothing is to be sent.</returns>
    public async Task<(TwilioCredentials Credentials, SendJob Job)?> FindAsync(SendJob job, CancellationToken stopping)
    {
        var frozen = await WithAccountAsync(job, stopping);
        var mine = await credentials.GetAsync(stopping);
        if (IsOf(frozen?.Account, mine))
        {
            return (mine, frozen!);
        }

        mine = await credentials.RenewAsync(mine, readBefore: time.GetUtcNow() - TwilioCredentialsSource.RenewAfter); // the vault may have it by now
        if (IsOf(frozen?.Account, mine))
        {
            return (mine, frozen!);
        }

        Log.OtherAccount(logger, job.BroadcastId, job.RecipientKey, job.PassedOn);
        if (frozen is not null && job.PassedOn < SendJob.MostPasses)
        {
            var delay = Backoff.For(job.PassedOn + 1, options.Value.RetryBaseDelay, options.Value.RetryMaxDelay, random);
            await outbound.EnqueueAsync(frozen with { PassedOn = job.PassedOn + 1, DueAt = time.GetUtcNow() + delay }, stopping);
        }

        return null;
    }

    private static bool IsOf(string? account, TwilioCredentials mine) => account == mine.AccountSid;

    // A send job that an older version wrote names no account: its broadcast does.
    private async Task<SendJob?> WithAccountAsync(SendJob job, CancellationToken stopping) => job is { Account: not null, Service: not null }
        ? job
        : await broadcasts.FindAsync(job.BroadcastId, stopping) is { } broadcast ? job with { Account = broadcast.Account, Service = broadcast.Service } : null;

    private static partial class Log
    {
        [LoggerMessage(EventId = 2406, Level = LogLevel.Debug, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: accepted for another Twilio account; held, passed on {PassedOn} times before")]
        public static partial void OtherAccount(ILogger logger, string broadcastId, string recipientKey, int passedOn);
    }
}
