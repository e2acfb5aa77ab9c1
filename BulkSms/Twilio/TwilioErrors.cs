namespace BulkSms.Twilio;

/// <summary>What a Twilio error code calls for.</summary>
public enum ErrorClass
{
    /// <summary>Permanent: never called again.</summary>
    Rejected,

    OptedOut,

    /// <summary>The account or its set-up is broken: stop everything, keep every message.</summary>
    Suspend,

    /// <summary>Surely not processed: it waits, and its attempts are not counted.</summary>
    Retry,

    /// <summary>May have been processed.</summary>
    Unconfirmed,

    /// <summary>Told after Twilio had accepted the message, which ends there. A call that is refused with it is Rejected.</summary>
    Ended,
}

/// <summary>What Twilio's error codes call for. The codes themselves: <see cref="TwilioErrorTable"/>.</summary>
public static class TwilioErrors
{
    public const int Unauthorized = 20003;
    public const int OptedOut = 21610;
    public const int RateLimited = 20429;
    public const int ServiceUnavailable = 20503;
    public const int Maintenance = 21730;
    public const int TooManyToOneNumber = 14107;
    public const int DailyLimit = 63038;

    private const int TooManyRequests = 429;

    /// <summary>Twilio's own codes have five digits or more; what something before Twilio writes into "code" is mostly an HTTP status.</summary>
    private const int LeastCode = 10_000;

    /// <summary>The daily limit is of a window of 24 hours that rolls: it ends by itself, at a time that is not known.</summary>
    private static readonly TimeSpan DailyLimitProbe = TimeSpan.FromHours(1);

    /// <summary>Whether a code says that no message to that country will get through.</summary>
    public static bool IsOfCountry(int code) => TwilioErrorTable.OfCountry.Contains(code);

    public static bool IsKnown(int code) => TwilioErrorTable.All.ContainsKey(code);

    /// <summary>Whether a code says that the recipient has opted out.</summary>
    public static bool IsOptOut(int code) => TwilioErrorTable.All.TryGetValue(code, out var error) && error.Class is ErrorClass.OptedOut;

    /// <summary>A code in words; "unknown error" for one not in the table.</summary>
    public static string Words(int code) => TwilioErrorTable.All.TryGetValue(code, out var error) ? error.Words : "unknown error";

    /// <summary>A code if it is one of Twilio's; else 0.</summary>
    public static int OfTwilio(int? code) => code is >= LeastCode and { } own ? own : 0;

    /// <summary>How often one call finds out whether what a code says has ended by itself; null: a person decides.</summary>
    public static TimeSpan? ProbeEvery(int code) => code == DailyLimit ? DailyLimitProbe : null;

    /// <summary>
    /// Classifies an error response. 429 with a code of Twilio's waits, unless it is of the account; 503 with 20503 waits. A 4xx with a code is what the table says, Rejected
    /// if it does not know it. Everything else, and every answer without a code of Twilio's, is Unconfirmed.
    /// </summary>
    public static ErrorClass Classify(int httpStatus, int? code) => (httpStatus, code) switch
    {
        (_, null or < LeastCode) => ErrorClass.Unconfirmed,
        (TooManyRequests, { } limit) => ClassOf(limit) is ErrorClass.Suspend ? ErrorClass.Suspend : ErrorClass.Retry,
        (503, ServiceUnavailable) => ErrorClass.Retry,
        ( >= 400 and < 500, RateLimited or ServiceUnavailable) => ErrorClass.Unconfirmed, // a code that contradicts its status
        ( >= 400 and < 500, { } refused) => ClassOf(refused) is var known and not ErrorClass.Ended ? known : ErrorClass.Rejected,
        _ => ErrorClass.Unconfirmed,
    };

    private static ErrorClass ClassOf(int code) => TwilioErrorTable.All.TryGetValue(code, out var error) ? error.Class : ErrorClass.Rejected;
}
