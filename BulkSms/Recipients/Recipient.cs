using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Recipients;

/// <summary>A recipient's row: the truth about one message to one number.</summary>
public sealed record Recipient
{
    public required RecipientKey Key { get; init; }

    /// <summary>E.164; empty: the person is erased, and this is what is left of them (see <see cref="ErasedRecipient"/>).</summary>
    public required string To { get; init; }

    /// <summary>The text for this recipient, frozen at accept; null: the broadcast's.</summary>
    public string? Text { get; init; }

    /// <summary>Billed parts of <see cref="Text"/>; null: as the broadcast's.</summary>
    public int? Segments { get; init; }

    /// <summary>Position in the request after de-duplication, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The line of the file, or row of the sheet, that named it; null: it came in JSON.</summary>
    public int? Line { get; init; }

    /// <summary>Its index in the request's JSON; null: it came in a file.</summary>
    public int? RequestIndex { get; init; }

    /// <summary>The number as it was written; null: as in <see cref="To"/>.</summary>
    public string? Written { get; init; }

    /// <summary>The caller's own name for it; null: none.</summary>
    public string? Reference { get; init; }

    /// <summary>What else the caller gave, as a JSON object of texts; null: nothing.</summary>
    public string? Data { get; init; }

    public required string Status { get; init; }

    /// <summary>Twilio's word for the message; null before it has one.</summary>
    public string? ProviderStatus { get; init; }

    /// <summary>Calls to Twilio begun.</summary>
    public int Attempt { get; init; }

    /// <summary>A GUID per delivery that claimed the row: what is written, and what Twilio is told, names it.</summary>
    public string? ClaimId { get; init; }

    /// <summary>Not to be sent before; null: at once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Not to be sent from then on.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Twilio's id of the message; once it is here nothing is sent again.</summary>
    public string? Sid { get; init; }

    /// <summary>Further ids that Twilio has told for this recipient, comma-separated: each is an alarm.</summary>
    public string? OtherSids { get; init; }

    public int? Code { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? PoisonedAt { get; init; }

    /// <summary>When Twilio was last asked for news of it; null: never.</summary>
    public DateTimeOffset? PolledAt { get; init; }

    /// <summary>When the claim was made, by storage's clock; kept when it becomes Unconfirmed.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When Twilio's list was read first and did not hold it, by storage's clock.</summary>
    public DateTimeOffset? AbsentAt { get; init; }

    /// <summary>How often it was proved that a call had not sent it.</summary>
    public int Absences { get; init; }

    /// <summary>When it may have been sent first, if that is earlier than <see cref="ClaimedAt"/>: storage was restored to an earlier time.</summary>
    public DateTimeOffset? SuspectFrom { get; init; }

    /// <summary>Queue messages for it that the host gave up.</summary>
    public int GivenUp { get; init; }

    /// <summary>Id of the last of them, so that none counts twice.</summary>
    public string? GivenUpBy { get; init; }

    /// <summary>Why it is held while it is Pending, one of <see cref="Recipients.HeldFor"/>; null: it is not.</summary>
    public string? HeldFor { get; init; }

    /// <summary>Twilio account and Messaging Service that the claim was made with.</summary>
    public string? Account { get; init; }

    public string? Service { get; init; }

    /// <summary>Sequence number of the event that tells of its final status (<see cref="Outbox.OutboxEvent.Sequence"/>); 0: no endpoint wanted to know.</summary>
    public long Sequence { get; init; }

    /// <summary>How often a link of its message was followed.</summary>
    public int Clicks { get; init; }

    /// <summary>What the last of these are known by, comma-separated, so that none counts twice.</summary>
    public string? LastClicks { get; init; }

    /// <summary>Whether its final status is still to be told.</summary>
    public bool IsUntold { get; init; }

    /// <summary>Whether it is known by its queue message only: columns that sending does not need are missing.</summary>
    public bool IsPartial { get; init; }
    /// <summary>The country that was billed, of an erased person; null: <see cref="To"/> tells.</summary>
    public string? Country { get; init; }

    public ETag ETag { get; init; }

    /// <summary>When the row was last written, by storage's clock.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>A new row.</summary>
    /// <param name="key">Where it stands.</param>
    /// <param name="addressee">Who it is.</param>
    /// <param name="index">Its place in the list.</param>
    /// <param name="dueAt">Not to be sent before; null: at once.</param>
    /// <param name="expiresAt">Not to be sent from then on.</param>
    /// <param name="isLine">Whether <see cref="Addressee.Place"/> is a line of a file.</param>
    public static TableEntity NewRow(
        RecipientKey key, Addressee addressee, int index, DateTimeOffset? dueAt, DateTimeOffset expiresAt, bool isLine = false) => new(key.Partition, key.Id)
    {
        [RecipientColumns.To] = addressee.To,
        [RecipientColumns.Text] = addressee.Text,
        [RecipientColumns.Segments] = addressee.Text is null ? null : addressee.Segments,
        [RecipientColumns.Index] = index,
        [RecipientColumns.Line] = isLine ? addressee.Place : null,
        [RecipientColumns.RequestIndex] = isLine ? null : addressee.Place,
        [RecipientColumns.Written] = addressee.Written,
        [RecipientColumns.Reference] = addressee.Reference,
        [RecipientColumns.Data] = addressee.Data,
        [RecipientColumns.Status] = RecipientStatus.Pending,
        [RecipientColumns.Attempt] = 0,
        [RecipientColumns.DueAt] = dueAt,
        [RecipientColumns.ExpiresAt] = expiresAt,
    };

    /// <summary>What else the caller gave, by name; null: nothing.</summary>
    public IReadOnlyDictionary<string, string>? ReadData() => Data is null ? null : JsonSerializer.Deserialize(Data, DataJson.Default.DictionaryStringString);

    public static Recipient From(RecipientKey key, TableEntity row) => new()
    {
        Key = key,
        To = row.GetString(RecipientColumns.To) ?? "",
        Text = row.GetString(RecipientColumns.Text),
        Segments = row.GetInt32(RecipientColumns.Segments) is { } segments and not 0 ? segments : null,
        Index = row.GetInt32(RecipientColumns.Index) ?? 0,
        Line = row.GetInt32(RecipientColumns.Line) is { } line and > 0 ? line : null,
        RequestIndex = row.GetInt32(RecipientColumns.RequestIndex) is { } requestIndex and >= 0 ? requestIndex : null,
        Written = row.GetString(RecipientColumns.Written) is { Length: > 0 } written ? written : null,
        Reference = row.GetString(RecipientColumns.Reference) is { Length: > 0 } reference ? reference : null,
        Data = row.GetString(RecipientColumns.Data) is { Length: > 0 } data ? data : null,
        Status = row.GetString(RecipientColumns.Status) ?? RecipientStatus.Pending,
        ProviderStatus = row.GetString(RecipientColumns.ProviderStatus),
        Attempt = row.GetInt32(RecipientColumns.Attempt) ?? 0,
        ClaimId = row.GetString(RecipientColumns.ClaimId),
        DueAt = row.GetTime(RecipientColumns.DueAt),
        ExpiresAt = row.GetTime(RecipientColumns.ExpiresAt),
        Sid = row.GetString(RecipientColumns.Sid),
        OtherSids = row.GetString(RecipientColumns.OtherSids),
        Code = row.GetInt32(RecipientColumns.Code) is { } code and not 0 ? code : null,
        Reason = row.GetString(RecipientColumns.Reason) is { Length: > 0 } reason ? reason : null,
        SentAt = row.GetTime(RecipientColumns.SentAt),
        PoisonedAt = row.GetTime(RecipientColumns.PoisonedAt),
        PolledAt = row.GetTime(RecipientColumns.PolledAt),
        ClaimedAt = row.GetTime(RecipientColumns.ClaimedAt),
        AbsentAt = row.GetTime(RecipientColumns.AbsentAt),
        Absences = row.GetInt32(RecipientColumns.Absences) ?? 0,
        SuspectFrom = row.GetTime(RecipientColumns.SuspectFrom),
        GivenUp = row.GetInt32(RecipientColumns.GivenUp) ?? 0,
        GivenUpBy = row.GetString(RecipientColumns.GivenUpBy),
        HeldFor = row.GetString(RecipientColumns.HeldFor) is { Length: > 0 } heldFor ? heldFor : null,
        Account = row.GetString(RecipientColumns.Account),
        Service = row.GetString(RecipientColumns.Service),
        Sequence = row.GetInt64(RecipientColumns.Sequence) ?? 0,
        Clicks = row.GetInt32(RecipientColumns.Clicks) ?? 0,
        LastClicks = row.GetString(RecipientColumns.LastClicks) is { Length: > 0 } clicks ? clicks : null,
        IsUntold = row.GetBoolean(RecipientColumns.IsUntold) ?? false,
        Country = row.GetString(RecipientColumns.Country) is { Length: > 0 } country ? country : null,
        ETag = row.ETag,
        Timestamp = row.Timestamp ?? default,
    };
}

/// <summary>The JSON of a recipient's data.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class DataJson : JsonSerializerContext;
