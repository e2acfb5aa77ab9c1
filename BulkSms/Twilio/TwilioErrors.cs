using System.Collections.Frozen;

namespace BulkSms.Twilio;

/// <summary>What a Twilio error code calls for.</summary>
public enum ErrorClass
{
    /// <summary>Permanent: never called again.</summary>
    Rejected,

    OptedOut,

    /// <summary>The account is broken: stop everything, keep every message.</summary>
    Suspend,

    /// <summary>Surely not processed: try later.</summary>
    Retry,

    /// <summary>May have been processed.</summary>
    Unconfirmed,
}

/// <summary>
/// Twilio's error codes: the class and the meaning in words. Source: Twilio's error dictionary, https://www.twilio.com/docs/api/errors.
/// </summary>
public static class TwilioErrors
{
    public const int Unauthorized = 20003;
    public const int OptedOut = 21610;
    public const int RateLimited = 20429;
    public const int ServiceUnavailable = 20503;

    private static readonly FrozenDictionary<int, (ErrorClass Class, string Words)> Known =
        new Dictionary<int, (ErrorClass, string)>
        {
            [10001] = (ErrorClass.Suspend, "the account is not active"),
            [Unauthorized] = (ErrorClass.Suspend, "the credentials are wrong"),
            [20005] = (ErrorClass.Suspend, "the account is not active"),
            [20429] = (ErrorClass.Retry, "too many requests"),
            [20500] = (ErrorClass.Unconfirmed, "internal error at Twilio"),
            [20503] = (ErrorClass.Retry, "Twilio is unavailable"),
            [21211] = (ErrorClass.Rejected, "not a valid phone number"),
            [21214] = (ErrorClass.Rejected, "the number cannot be reached"),
            [21217] = (ErrorClass.Rejected, "the number does not look valid"),
            [21265] = (ErrorClass.Rejected, "a short code cannot be texted"),
            [21268] = (ErrorClass.Rejected, "a premium number cannot be texted"),
            [21408] = (ErrorClass.Rejected, "texting this country is not enabled"),
            [21602] = (ErrorClass.Rejected, "the message has no text"),
            [21603] = (ErrorClass.Suspend, "the request names no sender"),
            [21606] = (ErrorClass.Rejected, "the sender cannot send texts"),
            [21608] = (ErrorClass.Suspend, "a trial account texts verified numbers only"),
            [21610] = (ErrorClass.OptedOut, "the recipient has opted out"),
            [21612] = (ErrorClass.Rejected, "no route from the sender to this number"),
            [21614] = (ErrorClass.Rejected, "not a mobile number"),
            [21617] = (ErrorClass.Rejected, "the message is longer than 1,600 characters"),
            [21635] = (ErrorClass.Rejected, "a landline cannot be texted"),
            [21658] = (ErrorClass.Rejected, "a content variable is not valid"),
            [21659] = (ErrorClass.Rejected, "the sender does not belong to this country or account"),
            [21703] = (ErrorClass.Rejected, "the Messaging Service has no sender for this country"),
            [21704] = (ErrorClass.Rejected, "the Messaging Service has no senders"),
            [21705] = (ErrorClass.Rejected, "the Messaging Service is not valid"),
            [30001] = (ErrorClass.Retry, "the sender's queue is full"),
            [30002] = (ErrorClass.Suspend, "the account is suspended"),
            [30003] = (ErrorClass.Retry, "the handset cannot be reached"),
            [30004] = (ErrorClass.Rejected, "the message was blocked"),
            [30005] = (ErrorClass.Rejected, "the handset is unknown"),
            [30006] = (ErrorClass.Rejected, "a landline, or an unreachable carrier"),
            [30007] = (ErrorClass.Rejected, "the carrier filtered the message"),
            [30008] = (ErrorClass.Retry, "the carrier gave no reason"),
            [30018] = (ErrorClass.Rejected, "the sender lacks a registration for this country"),
            [30022] = (ErrorClass.Retry, "the sender's rate limit is exceeded"),
            [30024] = (ErrorClass.Rejected, "the sender is not provisioned with this carrier"),
            [30032] = (ErrorClass.Rejected, "the toll-free number is not verified"),
            [30034] = (ErrorClass.Rejected, "the number is not registered for A2P 10DLC"),
            [30035] = (ErrorClass.Rejected, "the sender's configuration is still pending"),
            [30036] = (ErrorClass.Rejected, "it expired while it waited at Twilio"),
            [30500] = (ErrorClass.Retry, "a temporary failure at Twilio"),
        }.ToFrozenDictionary();

    // About the country, or about what the sender may do there: every further message to it would fail alike.
    private static readonly FrozenSet<int> OfCountry =
        FrozenSet.Create(21408, 21606, 21659, 21703, 21704, 21705, 30018, 30024, 30032, 30034, 30035);

    /// <summary>Whether a code says that no message to that country will get through.</summary>
    public static bool IsOfCountry(int code) => OfCountry.Contains(code);

    public static bool IsKnown(int code) => Known.ContainsKey(code);

    /// <summary>A code in words; "unknown error" for one not in the table.</summary>
    public static string Words(int code) => Known.TryGetValue(code, out var error) ? error.Words : "unknown error";

    /// <summary>
    /// Classifies an error response. Retry is only what surely was not processed: 429 with 20429 and 503 with 20503. A 4xx with another code is
    /// Rejected unless the table says OptedOut, Suspend or Unconfirmed; everything else, and every answer without a code, is Unconfirmed.
    /// </summary>
    public static ErrorClass Classify(int httpStatus, int? code) => (httpStatus, code) switch
    {
        (429, RateLimited) or (503, ServiceUnavailable) => ErrorClass.Retry,
        ( >= 400 and < 500, { } known) when Known.TryGetValue(known, out var error) && error.Class is ErrorClass.Suspend or ErrorClass.OptedOut or ErrorClass.Unconfirmed => error.Class,
        ( >= 400 and < 500, RateLimited or ServiceUnavailable) => ErrorClass.Unconfirmed, // a code that contradicts its status
        ( >= 400 and < 500, > 0) => ErrorClass.Rejected,
        _ => ErrorClass.Unconfirmed,
    };
}
