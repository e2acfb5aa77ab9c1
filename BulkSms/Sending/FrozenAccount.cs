using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Profiles;
using BulkSms.Queues;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// Lets a message go only by the profile and the Twilio account that its broadcast was accepted for. A send job of another is passed on a few times, for another host
/// may have that account, and then dropped: its row stays pending, and the sweeper requeues it.
/// </summary>
public sealed partial class FrozenAccount(
    TwilioAccounts accounts, BroadcastStore broadcasts, OutboundQueue outbound, IOptions<SendingOptions> options, TimeProvider time, Random random, ILogger<FrozenAccount> logger)
{
    /// <summary>The credentials of the account that a message was accepted for, and its send job with account and Messaging Service.</summary>
    /// <returns>Null when this host has another account, or no such profile: then nothing is to be sent.</returns>
    public async Task<(TwilioCredentials Credentials, SendJob Job)?> FindAsync(SendJob job, CancellationToken stopping)
    {
        var frozen = await WithAccountAsync(job, stopping);
        if (frozen is not null && accounts.Profiles.Find(frozen.Profile) is { } profile)
        {
            var credentials = accounts.Of(profile);
            var mine = await credentials.GetAsync(stopping);
            if (frozen.Account != mine.AccountSid)
            {
                mine = await credentials.RenewAsync(mine, readBefore: time.GetUtcNow() - TwilioCredentialsSource.RenewAfter); // the vault may have it by now
            }

            if (frozen.Account == mine.AccountSid)
            {
                return (mine, frozen);
            }
        }

        Log.OtherAccount(logger, job.BroadcastId, job.RecipientKey, job.PassedOn);
        if (frozen is not null && job.PassedOn < SendJob.MostPasses)
        {
            var delay = Backoff.For(job.PassedOn + 1, options.Value.RetryBaseDelay, options.Value.RetryMaxDelay, random);
            await outbound.EnqueueAsync(frozen with { PassedOn = job.PassedOn + 1, DueAt = time.GetUtcNow() + delay }, stopping);
        }

        return null;
    }

    // A send job that an older version wrote names no account: its broadcast does.
    private async Task<SendJob?> WithAccountAsync(SendJob job, CancellationToken stopping) => job is { Account: not null, Service: not null }
        ? job
        : await broadcasts.FindAsync(job.BroadcastId, stopping) is { } broadcast ? job with { Profile = Profile.Shown(broadcast.Profile), Account = broadcast.Account, Service = broadcast.Service } : null;

    private static partial class Log
    {
        [LoggerMessage(EventId = 2406, Level = LogLevel.Debug, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: accepted for another Twilio account, or for a profile that is not set; held, passed on {PassedOn} times before")]
        public static partial void OtherAccount(ILogger logger, string broadcastId, string recipientKey, int passedOn);
    }
}
