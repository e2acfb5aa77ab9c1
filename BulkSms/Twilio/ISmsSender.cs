using BulkSms.Common;
using BulkSms.Messages;
using BulkSms.StatusCallbacks;

namespace BulkSms.Twilio;

/// <summary>
/// The only provider port. Another provider is a folder with its sender and one registration. One that forms its requests with HttpClient gets deadline, time-out and outcome
/// from <see cref="SmsCall"/> and <see cref="SmsCallHandler"/>.
/// </summary>
public interface ISmsSender
{
    /// <summary>Makes the call, once, and tells what came of it. A sender that cannot tell whether its request left says Unconfirmed, or throws: that is taken for the same.</summary>
    /// <param name="sms">What to send.</param>
    /// <param name="credentials">The account to send with.</param>
    /// <param name="limits">When the call must have begun, and when it is aborted.</param>
    Task<SendOutcome> SendAsync(OutgoingSms sms, TwilioCredentials credentials, CallLimits limits);
}

/// <summary>A message as Twilio is asked to send it.</summary>
/// <param name="To">E.164.</param>
/// <param name="Text">At most 1,600 characters; of a content template its variables. Empty: there is none.</param>
/// <param name="MessagingServiceSid">The sender pool.</param>
/// <param name="StatusCallback">Where Twilio reports what becomes of it; null: nowhere.</param>
/// <param name="ValidityPeriod">Seconds that it may wait at Twilio, 1 to 36,000; null: Twilio's default, which is the longest.</param>
public sealed record OutgoingSms(string To, string Text, string MessagingServiceSid, Uri? StatusCallback, int? ValidityPeriod = null)
{
    private const int LongestValidity = 36_000;

    /// <summary>What it is made of beside its text.</summary>
    public MessageExtras Extras { get; init; } = MessageExtras.None;

    /// <summary>What is left of a message's life, as Twilio takes it: whole seconds, null when it is the longest or more.</summary>
    /// <param name="expiresAt">When it expires; null: never.</param>
    /// <param name="now">The time.</param>
    public static int? ValidityOf(DateTimeOffset? expiresAt, DateTimeOffset now) =>
        (expiresAt - now)?.TotalSeconds is { } left and < LongestValidity ? Math.Max(1, (int)left) : null;

    /// <summary>Never the number or the text.</summary>
    public override string ToString() => $"SMS to {Common.Redaction.Phone(To)}";
}

/// <summary>What Twilio knows us by.</summary>
public sealed record TwilioCredentials(string AccountSid, string AuthToken)
{
    /// <summary>Never the token.</summary>
    public override string ToString() => AccountSid;
}
