using System.ComponentModel.DataAnnotations;
using BulkSms.Profiles;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>How fast, how long and how often is sent. Section <c>Sending</c>.</summary>
public sealed class SendingOptions
{
    public const string Section = "Sending";

    /// <summary>Calls to Twilio in flight at most, of one instance. Default 100; 1 to 2,000.</summary>
    [Range(1, 2000)]
    public int MaxConcurrency { get; set; } = 100;

    /// <summary>
    /// Segments handed to Twilio a second at most, by all instances together: a US long code sends 1, toll-free about 3, a short code 100. Halved when Twilio answers 429, then back. Default 100; 0.1 to
    /// 10,000.
    /// </summary>
    [Range(0.1, 10_000)]
    public double SegmentsPerSecond { get; set; } = 100;

    /// <summary>How long the rate takes back from nothing to the highest, after Twilio's refusals have halved it. Default 2 min; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RateRecovery { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Calls made for one recipient whose outcome was never proved, before <see cref="OnUnproven"/> sends it no more. Calls that surely were not processed do not count: an outage,
    /// a rate limit, or a message that Twilio's list proves absent. Default 8; 1 to 50.
    /// </summary>
    [Range(1, 50)]
    public int MaxAttempts { get; set; } = 8;

    /// <summary>
    /// Longest pause between two probes while the circuit breaker is open, because calls cannot reach Twilio or have no readable answer; the first is a twelfth of it. Default
    /// 1 min; 100 ms to 15 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:15:00")]
    public TimeSpan CircuitBreak { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait before the second attempt; doubled for each further one. Default 5 s; 10 ms to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait before any attempt; while calls cannot reach Twilio, <see cref="CircuitBreak"/> where that is shorter. Default 15 min; 10 ms to 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The call begins this soon after its claim was begun, or the claim is given back. Default 10 s; 100 ms to 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan SendDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>When the connection of an unanswered call is aborted. Twilio's own limit is about 30 s. Default 35 s; 100 ms to 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(35);

    /// <summary>Age of a claim at which its worker counts as dead. It must exceed SendDeadline and CallTimeout together. Default 2 min; 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ClaimLease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Refusals in a row, of the kind that concerns a whole country (21408, 30034 and their like), after which a broadcast is sent to that country no more: the rest is rejected
    /// without a call. Default 3; 1 to 1,000.
    /// </summary>
    [Range(1, 1000)]
    public int StopCountryAfter { get; set; } = 3;

    /// <summary>
    /// Share of a broadcast's last 200 results that may be failures before it pauses itself. An opt-out within 24 hours of the text counts as one. Default none: it does not; 0.01 to 1.
    /// </summary>
    [Range(0.01, 1.0)]
    public double? PauseAboveFailureRate { get; set; }

    /// <summary>How long an outcome's record is tried again while storage is away, before the row is left to recovery. Default 4 min; 0 to 8 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:08:00")]
    public TimeSpan RecordPatience { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>How far Twilio's list may lag behind: absence from it counts after this. Default 15 min; 1 s to 2 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "02:00:00")]
    public TimeSpan ListLag { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Time between the two readings of Twilio's list that must both lack the message. Default 60 s; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SecondReadingAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// What becomes of a message that Twilio's list shows neither as sent nor as absent. Hold: it waits, shown as unconfirmed. Resend: it is sent again, perhaps twice; while the list
    /// cannot be read, and after the last of <see cref="MaxAttempts"/>, it waits all the same.
    /// </summary>
    public OnUnproven OnUnproven { get; set; } = OnUnproven.Hold;

    /// <summary>When <see cref="OnUnproven"/> applies. Default 24 h; 1 s to 36 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.12:00:00")]
    public TimeSpan UnprovenAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The same with what a profile sets of its own.</summary>
    public SendingOptions Of(Profile profile)
    {
        var own = (SendingOptions)MemberwiseClone();
        own.SegmentsPerSecond = profile.Settings.SegmentsPerSecond ?? SegmentsPerSecond;
        own.MaxConcurrency = profile.Settings.MaxConcurrency ?? MaxConcurrency;
        return own;
    }
}

/// <summary>What to do about a message that could not be reconciled.</summary>
public enum OnUnproven
{
    /// <summary>Never text a person twice: leave it.</summary>
    Hold,

    /// <summary>Rather twice than not at all.</summary>
    Resend,
}

[OptionsValidator]
public sealed partial class SendingOptionsValidator : IValidateOptions<SendingOptions>;

/// <summary>A claim may only be called dead when no call under it can still be on its way.</summary>
public sealed class ClaimLeaseValidator : IValidateOptions<SendingOptions>
{
    public ValidateOptionsResult Validate(string? name, SendingOptions options) =>
        options.ClaimLease > options.SendDeadline + options.CallTimeout
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Sending:ClaimLease must be longer than Sending:SendDeadline and Sending:CallTimeout together.");
}
