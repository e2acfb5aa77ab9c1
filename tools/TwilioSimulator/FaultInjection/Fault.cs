namespace BulkSms.TwilioSimulator;

/// <summary>What goes wrong with one call. The first word says whether the message exists afterwards.</summary>
public sealed record Fault
{
    private Fault(string name) => Name = name;

    /// <summary>429 with code 20429; not processed.</summary>
    public static Fault Refuse429 { get; } = new(nameof(Refuse429)) { Processes = false, HttpStatus = 429, Code = 20429 };

    /// <summary>503 with code 20503; not processed.</summary>
    public static Fault Refuse503 { get; } = new(nameof(Refuse503)) { Processes = false, HttpStatus = 503, Code = 20503 };

    /// <summary>500 with code 20500; not processed.</summary>
    public static Fault Error500 { get; } = new(nameof(Error500)) { Processes = false, HttpStatus = 500, Code = 20500 };

    /// <summary>503 from something before Twilio, without a code; not processed, but the caller cannot tell.</summary>
    public static Fault Error503WithoutCode { get; } = new(nameof(Error503WithoutCode)) { Processes = false, HttpStatus = 503 };

    /// <summary>The connection is cut and nothing is created.</summary>
    public static Fault DropBeforeProcessing { get; } = new(nameof(DropBeforeProcessing)) { Processes = false, Drops = true };

    /// <summary>The message is created and the connection is cut before any reply.</summary>
    public static Fault ProcessThenDrop { get; } = new(nameof(ProcessThenDrop)) { Drops = true };

    /// <summary>The message is created and the reply is 500 with code 20500.</summary>
    public static Fault ProcessThen500 { get; } = new(nameof(ProcessThen500)) { HttpStatus = 500, Code = 20500 };

    /// <summary>The message is created and the reply is 503 without a code.</summary>
    public static Fault ProcessThen503WithoutCode { get; } = new(nameof(ProcessThen503WithoutCode)) { HttpStatus = 503 };

    /// <summary>The message is created; the 201 promises more bytes than come before the connection ends.</summary>
    public static Fault TruncatedReply { get; } = new(nameof(TruncatedReply)) { Truncates = true };

    /// <summary>403 with code 20005: the account is not active; not processed.</summary>
    public static Fault AccountSuspended { get; } = new(nameof(AccountSuspended)) { Processes = false, HttpStatus = 403, Code = 20005 };

    /// <summary>401 with code 20003, as after the auth token was changed; not processed.</summary>
    public static Fault AuthenticationRefused { get; } =
        new(nameof(AuthenticationRefused)) { Processes = false, HttpStatus = 401, Code = 20003 };

    /// <summary>The fault's name, as recorded in <see cref="CreateCall.Fault"/> and used by the admin API.</summary>
    public string Name { get; }

    internal bool Processes { get; private init; } = true;

    internal bool Drops { get; private init; }

    internal bool Truncates { get; private init; }

    internal int? HttpStatus { get; private init; }

    internal int? Code { get; private init; }

    internal TimeSpan HoldBefore { get; private init; }

    internal TimeSpan HoldAfter { get; private init; }

    /// <summary>The message is created at once; the reply comes after <paramref name="time"/>, for example 40 s.</summary>
    public static Fault Hold(TimeSpan time) => new(nameof(Hold)) { HoldAfter = time };

    /// <summary>Nothing happens for <paramref name="time"/>; then the message is created, even if the caller has gone.</summary>
    public static Fault HoldBeforeProcessing(TimeSpan time) => new(nameof(HoldBeforeProcessing)) { HoldBefore = time };

    /// <summary>Any refusal; not processed. Without <paramref name="code"/> the body is not Twilio's.</summary>
    public static Fault Reject(int httpStatus, int? code) =>
        new(nameof(Reject)) { Processes = false, HttpStatus = httpStatus, Code = code };
}
