using Microsoft.Extensions.Logging;

namespace BulkSms.Twilio;

/// <summary>
/// Calls the provider for a claimed message, whichever it is. When it refuses the credentials (20003: nothing was processed) they are read again at once and the call is
/// made once more, so that a token that was rotated costs no message and suspends nothing.
/// </summary>
public sealed partial class CallProvider(ISmsSender sender, TwilioAccounts accounts, TimeProvider time, ILogger<CallProvider> logger)
{
    /// <summary>What a sender may take beyond its time-out before it is left to itself: it must hold no permit for ever.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Makes the call; never throws.</summary>
    /// <param name="sms">What to send.</param>
    /// <param name="account">The credentials that the claim was made with.</param>
    /// <param name="limits">The time in which a call may begin, the repeated one too, and when one is aborted.</param>
    public async Task<SendOutcome> CallAsync(OutgoingSms sms, TwilioCredentials account, CallLimits limits)
    {
        var begun = time.GetUtcNow();
        var outcome = await CallOnceAsync(sms, account, limits);
        if (outcome is not SendOutcome.Suspend { Code: TwilioErrors.Unauthorized })
        {
            return outcome;
        }

        var renewed = await accounts.RenewAsync(account, readBefore: begun);
        if (renewed == account)
        {
            return outcome;
        }

        Log.Renewed(logger);
        return renewed.AccountSid == account.AccountSid
            ? await CallOnceAsync(sms, renewed, limits)
            : new SendOutcome.NotStarted("the account is another one by now"); // the row names the old one, and reconciliation would look there
    }

    // Whatever a sender does but tell an outcome, its request may have left.
    private async Task<SendOutcome> CallOnceAsync(OutgoingSms sms, TwilioCredentials account, CallLimits limits)
    {
        if (limits.Deadline.HasPassed)
        {
            return new SendOutcome.NotStarted("the send deadline had passed");
        }

        try
        {
            return await sender.SendAsync(sms, account, limits).WaitAsync(limits.Timeout + Grace, time)
                ?? new SendOutcome.Unconfirmed(0, "the sender told no outcome");
        }
        catch (Exception e)
        {
            return new SendOutcome.Unconfirmed(0, $"the sender failed ({e.GetType().Name})"); // only the type: a message may hold the request
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "Twilio refused the credentials; others have been read and are used from now on")]
        public static partial void Renewed(ILogger logger);
    }
}
