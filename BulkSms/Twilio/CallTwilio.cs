using BulkSms.Common;
using Microsoft.Extensions.Logging;

namespace BulkSms.Twilio;

/// <summary>
/// Calls Twilio for a claimed message. When Twilio refuses the credentials (20003: nothing was processed) they are read again at once and the call is made
/// once more, so that a token that was rotated costs no message and halts nothing.
/// </summary>
public sealed partial class CallTwilio(ISmsSender sender, TwilioCredentialsSource credentials, TimeProvider time, ILogger<CallTwilio> logger)
{
    /// <summary>Makes the call; never throws.</summary>
    /// <param name="sms">What to send.</param>
    /// <param name="account">The credentials that the claim was made with.</param>
    /// <param name="window">The time in which a call may begin, the repeated one too.</param>
    /// <param name="timeout">When a call is aborted, from its beginning on.</param>
    public async Task<SendOutcome> CallAsync(OutgoingSms sms, TwilioCredentials account, Deadline window, TimeSpan timeout)
    {
        var begun = time.GetUtcNow();
        var outcome = await TwilioCall.RunAsync(window, timeout, () => sender.PostAsync(sms, account));
        if (outcome is not SendOutcome.Suspend { Code: TwilioErrors.Unauthorized })
        {
            return outcome;
        }

        var renewed = await credentials.RenewAsync(account, readBefore: begun);
        if (renewed == account)
        {
            return outcome;
        }

        Log.Renewed(logger);
        return renewed.AccountSid == account.AccountSid
            ? await TwilioCall.RunAsync(window, timeout, () => sender.PostAsync(sms, renewed))
            : new SendOutcome.NotStarted("the account is another one by now"); // the row names the old one, and a proof would look there
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Twilio refused the credentials; others have been read and are used from now on")]
        public static partial void Renewed(ILogger logger);
    }
}
