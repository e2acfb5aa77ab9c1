using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Messages;
using BulkSms.Recipients;

namespace BulkSms.Queues;

/// <summary>
/// The queue contract: asks to send one message to one recipient, with everything that sending needs, so that the happy path reads nothing.
/// JSON, camelCase, Base64. It may be lost, doubled, late or stale: the row named here decides, by its ETag.
/// </summary>
public sealed record SendJob
{
    public const int CurrentVersion = 2;

    /// <summary>That of a message that is a text and nothing else, which older readers take. They would send another one without what it is made of.</summary>
    private const int PlainVersion = 1;

    /// <summary>How often hosts of other accounts pass it on before one drops it.</summary>
    public const int MostPasses = 4;

    /// <summary>Version of this form. Readers take older ones and ignore fields that they do not know.</summary>
    [JsonPropertyName("v")]
    public int Version { get; init; } = PlainVersion;

    public required string BroadcastId { get; init; }

    public required int Shard { get; init; }

    /// <summary>Row key of the recipient: see <see cref="Recipients.RecipientKey"/>.</summary>
    public required string RecipientKey { get; init; }

    /// <summary>The row's ETag when this send job was made. A claim under another one fails.</summary>
    [JsonPropertyName("etag")]
    public required string RowETag { get; init; }

    /// <summary>E.164, frozen at accept; empty in a job that only names its row: see <see cref="IsReference"/>.</summary>
    public required string To { get; init; }

    /// <summary>The text, frozen at accept; empty where there is none but media or a content template.</summary>
    public required string Text { get; init; }

    /// <summary>Billed parts of <see cref="Text"/>; what the gate counts.</summary>
    public required int Segments { get; init; }

    /// <summary>Addresses of media; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? MediaUrls { get; init; }

    /// <summary>The content template, of which <see cref="Text"/> are the variables; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContentSid { get; init; }

    /// <summary>Whether Twilio shortens links.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ShortenUrls { get; init; }

    /// <summary>What it is made of beside its text.</summary>
    [JsonIgnore]
    public MessageExtras Extras => new() { MediaUrls = MediaUrls ?? [], ContentSid = ContentSid, ShortenUrls = ShortenUrls };

    /// <summary>Whether it goes by the queue <c>sms-outbound-high</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool High { get; init; }

    /// <summary>The profile that sends it; null: <c>default</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Profile { get; init; }

    /// <summary>The Twilio account that the broadcast was accepted for: no other sends it. Null: an older version wrote this, and the broadcast's row says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Account { get; init; }

    /// <summary>The Messaging Service that sends it, frozen at accept; null as above.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Service { get; init; }

    /// <summary>How often a host of another account has passed it on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PassedOn { get; init; }

    /// <summary>Calls to Twilio made for this recipient before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Attempt { get; init; }

    /// <summary>How often a call for it was surely not processed; what makes it wait longer each time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Waits { get; init; }

    /// <summary>Not to be sent before; null: at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Not to be sent from then on; null (a message of an older version): no such time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the recipient is not texted, as <see cref="Broadcasts.QuietHours"/> writes it; null: there is no such time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? QuietHours { get; init; }

    /// <summary>W3C trace context of the request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }

    /// <summary>Why it is in the poison queue; null elsewhere, and in what the host itself copied there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SendFailure? Failure { get; init; }

    /// <summary>
    /// Whether it holds neither number nor text, so that both are read when it is due: a send job that waits for long would keep them in the queue, where nothing can be erased.
    /// </summary>
    [JsonIgnore]
    public bool IsReference => To.Length == 0;

    /// <summary>The same without number and text.</summary>
    public SendJob AsReference() => this with { To = "", Text = "", MediaUrls = null, ContentSid = null };

    [JsonIgnore]
    public RecipientKey Key => new(BroadcastId, Shard, RecipientKey);

    [JsonIgnore]
    public ETag ETag => new(RowETag);

    /// <summary>The row as this send job tells of it: pending, under its ETag. Columns that sending does not need are missing.</summary>
    [JsonIgnore]
    public Recipient Row => new() { Key = Key, To = To, Status = RecipientStatus.Pending, Attempt = Attempt, DueAt = DueAt, ExpiresAt = ExpiresAt, ETag = ETag, IsPartial = true };

    /// <summary>The same message as a send job for its row as it is now.</summary>
    public SendJob Again(Recipient row) => this with { RowETag = row.ETag.ToString(), Attempt = row.Attempt, DueAt = row.DueAt, ExpiresAt = row.ExpiresAt, PassedOn = 0, Failure = null };

    /// <summary>The send job of a row as it is.</summary>
    public static SendJob For(Broadcast broadcast, Recipient row) => new()
    {
        Version = broadcast.Extras.IsNone ? PlainVersion : CurrentVersion,
        MediaUrls = broadcast.MediaUrls.Count == 0 ? null : broadcast.MediaUrls,
        ContentSid = broadcast.ContentSid,
        ShortenUrls = broadcast.ShortenUrls,
        BroadcastId = broadcast.Id,
        Shard = row.Key.Shard,
        RecipientKey = row.Key.Id,
        RowETag = row.ETag.ToString(),
        To = row.To,
        Text = row.Text ?? broadcast.Message,
        Segments = row.Segments ?? broadcast.Segments.Count,
        High = broadcast.IsHigh,
        Profile = Profiles.Profile.Shown(broadcast.Profile),
        Account = broadcast.Account,
        Service = broadcast.Service,
        Attempt = row.Attempt,
        DueAt = row.DueAt,
        ExpiresAt = row.ExpiresAt,
        QuietHours = broadcast.Quiet?.ToString(),
        TraceParent = broadcast.TraceParent,
    };

    public BinaryData Write() => new(JsonSerializer.SerializeToUtf8Bytes(this, SendJobJson.Default.SendJob));

    /// <exception cref="JsonException">Not an SendJob, or of a version newer than this code.</exception>
    public static SendJob Parse(BinaryData body)
    {
        var job = JsonSerializer.Deserialize(body.ToMemory().Span, SendJobJson.Default.SendJob);
        return job is { Version: >= 0 and <= CurrentVersion } && job.IsWellFormed()
            ? job with { Version = Math.Max(job.Version, 1) } // the field may be missing
            : throw new JsonException($"Not an SendJob of version {CurrentVersion} or older.");
    }

    private bool IsWellFormed() =>
        Common.BroadcastId.IsWellFormed(BroadcastId) && Recipients.RecipientKey.IsWellFormed(RecipientKey)
        && Shard is >= 0 and < Recipients.RecipientKey.MaxShards && Segments > 0
        && !string.IsNullOrEmpty(RowETag) && To is not null && Text is not null && To.Length > 0 == (Text.Length > 0 || MediaUrls is { Count: > 0 } || ContentSid is not null); // JSON may say null
}

/// <summary>Why a message failed for good.</summary>
/// <param name="Code">Twilio's error code; 0 when it gave none.</param>
/// <param name="Reason">In words.</param>
/// <param name="At">When.</param>
/// <param name="Attempt">Calls to Twilio made, this one included.</param>
/// <param name="ClaimId">The claim under which it failed: only that state of the row may be replayed.</param>
public sealed record SendFailure(int Code, string Reason, DateTimeOffset At, int Attempt, string ClaimId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(SendJob))]
public sealed partial class SendJobJson : JsonSerializerContext;
