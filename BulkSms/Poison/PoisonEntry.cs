using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Poison;

/// <summary>A message that came to a poison queue, kept beyond the queue's own lifetime.</summary>
public sealed record PoisonEntry
{
    public required PoisonId Id { get; init; }

    /// <summary>The poison queue that it came to.</summary>
    public required string Queue { get; init; }

    /// <summary>Who put it there.</summary>
    public required PoisonSource Source { get; init; }

    /// <summary>When it failed (ours), or came to the poison queue (the host's).</summary>
    public required DateTimeOffset At { get; init; }

    public required string Reason { get; init; }

    /// <summary>Twilio's code; 0 when it gave none.</summary>
    public int Code { get; init; }

    /// <summary>Calls to Twilio made.</summary>
    public int Attempts { get; init; }

    public string? BroadcastId { get; init; }

    /// <summary>The recipient; null for a broadcast's fan-out, and for what could not be read.</summary>
    public RecipientKey? Recipient { get; init; }

    /// <summary>E.164.</summary>
    public string? To { get; init; }

    /// <summary>Line of the file that named the recipient; null: it came in JSON, or has no row any more.</summary>
    public int? Line { get; init; }

    /// <summary>Its index in the request's JSON; null: it came in a file, or has no row any more.</summary>
    public int? Index { get; init; }

    /// <summary>The caller's own name for the recipient; null: none.</summary>
    public string? Reference { get; init; }

    /// <summary>The claim under which it failed: only that state of the row may be replayed. Null when it never came to a verdict.</summary>
    public string? ClaimId { get; init; }

    public DateTimeOffset? ReplayedAt { get; init; }

    /// <summary>The message as it was, when it could not be read; else null.</summary>
    public byte[]? Body { get; init; }

    internal TableEntity Write() => new(Id.Partition, Id.Row)
    {
        ["queue"] = Queue,
        ["source"] = Source.ToString(),
        ["at"] = At,
        ["reason"] = Reason,
        [PoisonColumns.Code] = Code,
        ["attempts"] = Attempts,
        ["broadcastId"] = BroadcastId,
        ["shard"] = Recipient?.Shard,
        ["recipientKey"] = Recipient?.Id,
        ["to"] = To,
        ["claimId"] = ClaimId,
        ["body"] = Body,
    };

    /// <summary>What its recipient's row says of where it was named: known only after the message is filed.</summary>
    internal TableEntity WriteRecipient() => new(Id.Partition, Id.Row) { ["to"] = To, ["line"] = Line, ["index"] = Index, ["reference"] = Reference };

    internal static PoisonEntry Read(TableEntity row) => new()
    {
        Id = new(row.PartitionKey, row.RowKey),
        Queue = row.GetString("queue") ?? "",
        Source = Enum.TryParse<PoisonSource>(row.GetString("source"), out var source) ? source : PoisonSource.Host,
        At = row.GetDateTimeOffset("at") ?? default,
        Reason = row.GetString("reason") ?? "",
        Code = row.GetInt32(PoisonColumns.Code) ?? 0,
        Attempts = row.GetInt32("attempts") ?? 0,
        BroadcastId = row.GetString("broadcastId"),
        Recipient = row.GetString("recipientKey") is { } key ? new(row.GetString("broadcastId"), row.GetInt32("shard") ?? 0, key) : null,
        To = row.GetString("to"),
        Line = row.GetInt32("line"),
        Index = row.GetInt32("index"),
        Reference = row.GetString("reference"),
        ClaimId = row.GetString("claimId"),
        ReplayedAt = row.GetTime(PoisonColumns.ReplayedAt),
        Body = row.GetBinary("body"),
    };
}

/// <summary>Who gave a message up.</summary>
public enum PoisonSource
{
    /// <summary>We did, for good and with a reason.</summary>
    BulkSms,

    /// <summary>The Functions host did, after too many failed deliveries: no verdict about the recipient.</summary>
    Host,
}

/// <summary>Column names that are asked for.</summary>
internal static class PoisonColumns
{
    public const string Code = "code";
    public const string ReplayedAt = "replayedAt";
}
