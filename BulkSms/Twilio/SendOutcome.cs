namespace BulkSms.Twilio;

/// <summary>Why a message that surely was not processed waits.</summary>
public enum RetryCause
{
    /// <summary>The provider is away: no name, no connection, no TLS, or it says so itself. Every other call would fail alike.</summary>
    Outage,

    /// <summary>Too much at a time: calls have to become fewer.</summary>
    Congestion,

    /// <summary>Only this number has had too much.</summary>
    Recipient,
}

/// <summary>What came of a call to the provider. Expected failures are values; nothing here is thrown.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>Twilio has the message and names it.</summary>
    /// <param name="Sid">Twilio's id.</param>
    /// <param name="Status">Twilio's first word about it: accepted, scheduled, queued.</param>
    public sealed record Accepted(string Sid, string Status) : SendOutcome;

    /// <summary>Surely not processed: it waits and is tried again, as often as it takes. It says nothing about the message, so it uses up no attempt.</summary>
    /// <param name="Code">Twilio's code; 0 when the call did not reach it.</param>
    /// <param name="Reason">In words.</param>
    /// <param name="Cause">What stands in the way.</param>
    /// <param name="After">How long Twilio asks to wait, if it does.</param>
    public sealed record Retry(int Code, string Reason, RetryCause Cause, TimeSpan? After = null) : SendOutcome;

    /// <summary>Never begun: the send deadline had passed when the call was about to start. The claim is given back.</summary>
    public sealed record NotStarted(string Reason) : SendOutcome;

    /// <summary>Refused for good: this message will never be accepted.</summary>
    public sealed record Rejected(int Code, string Reason) : SendOutcome;

    /// <summary>The recipient has opted out.</summary>
    public sealed record OptedOut(int Code, string Reason) : SendOutcome;

    /// <summary>The account or its set-up is broken: every further call would fail alike.</summary>
    public sealed record Suspend(int Code, string Reason) : SendOutcome;

    /// <summary>Twilio may have it: nothing is sent again before it is proved.</summary>
    public sealed record Unconfirmed(int Code, string Reason) : SendOutcome;
}
