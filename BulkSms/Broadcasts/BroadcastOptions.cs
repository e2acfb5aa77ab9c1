using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts;

/// <summary>What a broadcast may be. Section <c>Broadcasts</c>.</summary>
public sealed class BroadcastOptions
{
    public const string Section = "Broadcasts";

    /// <summary>Longest message in UTF-16 code units. Default and maximum 1,600: Twilio takes no more.</summary>
    [Range(1, 1600)]
    public int MaxMessageLength { get; set; } = 1600;

    /// <summary>
    /// Whether curly quotes, dashes and the like are replaced by characters of GSM-7 (Twilio's list, no letters or accents) in the texts of a request that does not say by
    /// <c>smartEncoding</c>. Default false.
    /// </summary>
    public bool SmartEncoding { get; set; }

    /// <summary>
    /// Phrases that tell a recipient who writes, separated by semicolons, such as <c>Elm Street Clinic;Dr. Smith</c>. The preview warns of a text that has none of them. Default
    /// none: then it does not look.
    /// </summary>
    public string SenderPhrases { get; set; } = "";

    /// <summary>
    /// Phrases that tell a recipient how to opt out, separated by semicolons. The preview warns of a text that has none of them; case does not count. Empty: it does not look.
    /// </summary>
    public string OptOutPhrases { get; set; } = "STOP;opt out;opt-out;unsubscribe;abmelden;abbestellen;se désabonner;désinscription;darse de baja;baja;disiscriversi;annulla;cancelar;afmelden";

    /// <summary>Most recipients in one JSON request, duplicates included. Default 1,000; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int MaxRecipients { get; set; } = 1000;

    /// <summary>Largest JSON body in bytes. Default 1 MiB; 1 KiB to 16 MiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>Most recipients in one uploaded file, duplicates and entries with errors included. Default 100,000; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxUploadRecipients { get; set; } = 100_000;

    /// <summary>Largest upload in bytes. Default 32 MiB; 1 KiB to 256 MiB. The Functions host itself takes at most 100 MiB.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxUploadBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Up to this many unique recipients are fanned out within the request; above it by the queue <c>broadcast-expand</c>. Default 1,000; 0 to 10,000.</summary>
    [Range(0, 10_000)]
    public int InlineRecipientLimit { get; set; } = 1000;

    /// <summary>
    /// Up to this many unique recipients are kept in the Broadcast row; more go to a blob. Default 1,500, and no more: a string property holds 32,768
    /// characters, a number takes 17 with its comma. 0 to 1,500.
    /// </summary>
    [Range(0, 1500)]
    public int RowRecipientLimit { get; set; } = 1500;

    /// <summary>Queue messages written at a time while fanning out. Default 128; 1 to 512.</summary>
    [Range(1, 512)]
    public int EnqueueConcurrency { get; set; } = 128;

    /// <summary>
    /// Up to this many recipients a broadcast's progress is counted each time that it is asked for. Of a larger one the answer is what was counted last, and says when. Default 10,000; 0 to
    /// 1,000,000.
    /// </summary>
    [Range(0, 1_000_000)]
    public int CountWhenAskedUpTo { get; set; } = 10_000;

    /// <summary>How long storage is asked what became of an ambiguous commit before the answer is "outcome unknown". Default 10 s; 0 to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan CommitProbe { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Age, by storage's clock, at which a key or a list whose broadcast is not committed is of a request that has come to its end. A request begins its commit within two fifths of it after it has
    /// taken its key, or does not commit. Default 5 min; 10 s to 1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan UncommittedAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a send job may wait hidden in the queue with number and text. One that is due later holds neither, since nothing can be erased from a queue; and the erasure of a person waits so long
    /// after it has canceled a message. Default 2 min; 1 s to 10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HiddenWithText { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long an <c>Idempotency-Key</c> may be repeated. Default 24 h; 1 min to 30 days. An older one is refused, never taken anew, for as long as its broadcast is kept.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan IdempotencyKeyLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Age at which the sweeper finishes a fan-out that another instance began. Default 30 s: with a sweep each minute, and the dead one's turn to sweep
    /// running out after half a minute, a broadcast is finished within two minutes. 1 s to 1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan UnfinishedAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a pending recipient that is due may go without a sign of life, when the queue shows nothing older, before the sweeper requeues it. A sender that holds its send
    /// job renews the row after three quarters of it. Default 45 s: with a sweep each minute, what a dead instance had received is requeued within two minutes (its queue
    /// messages come back after ten). 1 s to 24 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RequeueAfter { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// How long after it is due a message may still be sent, when the request gives no <c>expiresAt</c>. What is left of it goes to Twilio as ValidityPeriod. Default 24 h; 1 s to
    /// 30 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan ExpireAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a broadcast is kept from being completed while recipients of it are replayed, or change by a late callback; rows are changed only in its first quarter. Default 1 min;
    /// 1 s to 1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ReplayKeepsOpen { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
public sealed partial class BroadcastOptionsValidator : IValidateOptions<BroadcastOptions>;
