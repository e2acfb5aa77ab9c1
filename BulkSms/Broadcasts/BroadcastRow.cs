using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using BulkSms.Profiles;
using BulkSms.Recipients;
using BulkSms.Segments;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>Between <see cref="Broadcast"/> and its table row.</summary>
internal static class BroadcastRow
{
    public const string Partition = PartitionNames.Broadcasts;
    public const string FannedOut = "fannedOut";
    public const string FannedOutAt = "fannedOutAt";
    public const string CompletedAt = "completedAt";
    public const string HandedOverAt = "handedOverAt";
    public const string OpenUntil = "openUntil";
    public const string Canceled = "canceled";
    public const string RequeuedAt = "requeuedAt";
    public const string ErasedAt = "erasedAt";
    public const string Message = "message";
    public const string Recipients = "recipients";
    public const string DataColumns = "dataColumns";
    public const string TextKeyColumn = "textKey";
    public const string ApprovalComment = "approvalComment";
    private const string ApprovalColumn = "approval";
    private const string DecidedBy = "decidedBy";
    private const string DecidedAt = "decidedAt";
    public const string RecipientsBlob = "recipientsBlob";
    public const string SkippedBlob = "skippedBlob";
    public const string ListVersion = "listVersion";
    public const string ListChangedAt = "listChangedAt";
    public const string MediaUrls = "mediaUrls";
    public const string ShortenUrls = "shortenUrls";
    private const string Mms = "mms";
    private const string ContentSid = "contentSid";
    private const string Copies = "copies";
    private const string High = "high";
    private const string RowPrefix = "b-";
    private const string MarkerPrefix = "active-";
    private const string ErasingPrefix = "erasing-";
    private const string TextPrefix = "text-";

    /// <summary>Row key of the broadcast; ids sort newest first, and so do these.</summary>
    public static string Key(string broadcastId) => RowPrefix + broadcastId;

    /// <summary>Row key of the marker that says "not complete": the sweeper reads markers only.</summary>
    public static string MarkerKey(string broadcastId) => MarkerPrefix + broadcastId;

    public static string IdOf(string rowKey) => rowKey[(rowKey.IndexOf('-', StringComparison.Ordinal) + 1)..];

    public static string RowsAfter(string? broadcastId) => Range(broadcastId is null ? RowPrefix : Key(broadcastId), RowPrefix);

    /// <summary>Rows after one id and before another; null: from the first, to the last.</summary>
    public static string RowsBetween(string? after, string? before) =>
        before is null ? RowsAfter(after) : $"{RowsAfter(after)} and {TableClient.CreateQueryFilter($"RowKey lt {Key(before)}")}";

    public static string Markers { get; } = Range(MarkerPrefix, MarkerPrefix);

    /// <summary>The columns that say when and where, not what and to whom.</summary>
    public static readonly string[] Brief = [nameof(TableEntity.RowKey), "createdAt", "shards", Copies, FannedOutAt, CompletedAt, ErasedAt, ListVersion, SkippedBlob];

    /// <summary>The columns that say whether it is open.</summary>
    public static readonly string[] Reopening = [nameof(TableEntity.RowKey), OpenUntil, CompletedAt, ErasedAt];

    /// <summary>The columns that a list shows. A row's recipients may be 32 KB, and a page has up to a thousand rows.</summary>
    public static readonly string[] Listed =
    [
        nameof(TableEntity.RowKey), Message, "createdAt", "recipientsCount", "duplicatesRemoved", "optedOut", "invalid", "knownBad", "encoding", "segments", "segmentsTotal", "units",
        "sendAt", FannedOutAt, HandedOverAt, CompletedAt, Canceled, "createdBy", "profile", ContentSid, Mms, MediaUrls, ShortenUrls, ApprovalColumn, StoredTotals.ByStatus, StoredTotals.Billed,
    ];

    /// <summary>The columns that say who sent it, and when.</summary>
    public static readonly string[] Created = [nameof(TableEntity.RowKey), "createdAt", "createdBy", "createdById", "requestId", "recipientsCount"];

    /// <summary>Every column but the recipients.</summary>
    public static readonly string[] WithoutRecipients =
    [
        .. Listed, nameof(TableEntity.Timestamp), "shards", "account", "service", "priority", "expiresAt", "expiryGiven", "quietHours", "sendOver", .. CanaryColumns.All, RecipientsBlob, "isFile", DataColumns, Copies, SkippedBlob, TextKeyColumn,
        "traceParent", "idempotencyRow", "createdById", "requestId", DecidedBy, DecidedAt, ApprovalComment, FannedOut, OpenUntil, RequeuedAt, ErasedAt, ListVersion, ListChangedAt, .. StoredTotals.Details,
    ];

    public static string Erasing { get; } = Range(ErasingPrefix, ErasingPrefix);

    /// <summary>Says that its erasure has begun.</summary>
    public static TableEntity ErasingMarker(string broadcastId) => new(Partition, ErasingPrefix + broadcastId);

    /// <summary>Rows of broadcasts that were completed before a time.</summary>
    public static string CompletedBefore(DateTimeOffset time) =>
        $"{RowsAfter(null)} and {TableClient.CreateQueryFilter($"completedAt gt {NoTime.Value} and completedAt lt {time}")}";

    /// <summary>Row key of what remembers a text and its list.</summary>
    public static string TextRow(string textKey) => TextPrefix + textKey;

    /// <summary>Those written before a time.</summary>
    public static string TextsBefore(DateTimeOffset time) => $"{Range(TextPrefix, TextPrefix)} and {TableClient.CreateQueryFilter($"createdAt lt {time}")}";

    /// <summary>Says that a text was accepted with its list; null: that is not to be remembered.</summary>
    public static TableEntity? Text(Broadcast broadcast) => broadcast.TextKey is not { } key ? null : new(Partition, TextRow(key))
    {
        ["createdAt"] = broadcast.CreatedAt,
        ["broadcastId"] = broadcast.Id,
        ["recipientsCount"] = broadcast.RecipientsCount,
    };

    public static TableEntity Marker(string broadcastId) => new(Partition, MarkerKey(broadcastId));

    public static TableEntity Write(Broadcast broadcast)
    {
        var row = WriteAllElse(broadcast);
        if (broadcast.Approval is { } approval)
        {
            Write(approval, row);
        }

        if (broadcast.Canary is { } canary)
        {
            row[CanaryColumns.Canary] = canary.ToString();
            CanaryColumns.Write(broadcast.CanaryResult ?? CanaryResult.Waiting, row);
        }

        return row;
    }

    /// <summary>Writes how it stands with the approval into a row.</summary>
    public static void Write(Approval approval, TableEntity row)
    {
        row[ApprovalColumn] = approval.Status;
        row[DecidedBy] = approval.DecidedBy;
        row[DecidedAt] = approval.DecidedAt;
        row[ApprovalComment] = approval.Comment;
    }

    private static TableEntity WriteAllElse(Broadcast broadcast) => new(Partition, Key(broadcast.Id))
    {
        [Message] = broadcast.Message,
        ["createdAt"] = broadcast.CreatedAt,
        ["recipientsCount"] = broadcast.RecipientsCount,
        ["duplicatesRemoved"] = broadcast.DuplicatesRemoved,
        ["optedOut"] = broadcast.OptedOut,
        ["invalid"] = broadcast.Invalid,
        ["knownBad"] = broadcast.KnownBad,
        ["encoding"] = broadcast.Segments.Encoding.ToString(),
        ["segments"] = broadcast.Segments.Count,
        ["segmentsTotal"] = broadcast.TotalSegments,
        ["units"] = broadcast.Segments.Units,
        ["shards"] = broadcast.Shards,
        ["profile"] = broadcast.Profile,
        ["account"] = broadcast.Account,
        ["service"] = broadcast.Service,
        ["priority"] = broadcast.IsHigh ? High : null,
        [MediaUrls] = broadcast.MediaUrls.Count == 0 ? null : JsonSerializer.Serialize(broadcast.MediaUrls, RowJson.Readable.IReadOnlyListString),
        [Mms] = broadcast.IsMms ? true : null,
        [ContentSid] = broadcast.ContentSid,
        [ShortenUrls] = broadcast.ShortenUrls ? true : null,
        ["sendAt"] = broadcast.SendAt,
        ["expiresAt"] = broadcast.ExpiresAt,
        ["expiryGiven"] = broadcast.IsExpiryGiven,
        ["quietHours"] = broadcast.Quiet?.ToString(),
        ["sendOver"] = broadcast.SendOver is { } over ? SpreadDuration.Write(over) : null,
        [Recipients] = broadcast.Recipients is { } list ? RecipientLines.Join(list) : null,
        [RecipientsBlob] = broadcast.RecipientsBlob,
        ["isFile"] = broadcast.IsFile,
        [DataColumns] = broadcast.DataColumns.Count == 0 ? null : JsonSerializer.Serialize(broadcast.DataColumns, RowJson.Readable.IReadOnlyListString),
        [Copies] = broadcast.MostCopies,
        [SkippedBlob] = broadcast.SkippedBlob,
        [TextKeyColumn] = broadcast.TextKey,
        ["createdBy"] = broadcast.CreatedBy,
        ["createdById"] = broadcast.CreatedById,
        ["requestId"] = broadcast.RequestId,
        ["traceParent"] = broadcast.TraceParent,
        ["idempotencyRow"] = broadcast.IdempotencyRow,
        [FannedOut] = broadcast.FannedOut,
    };

    public static Broadcast Read(TableEntity row) => new()
    {
        Id = IdOf(row.RowKey),
        Message = row.GetString(Message) ?? "",
        CreatedAt = row.GetDateTimeOffset("createdAt") ?? default,
        RecipientsCount = row.GetInt32("recipientsCount") ?? 0,
        DuplicatesRemoved = row.GetInt32("duplicatesRemoved") ?? 0,
        OptedOut = row.GetInt32("optedOut") ?? 0,
        Invalid = row.GetInt32("invalid"),
        KnownBad = row.GetInt32("knownBad"),
        Segments = new(
            Enum.TryParse<SmsEncoding>(row.GetString("encoding"), out var encoding) ? encoding : default,
            row.GetInt32("segments") ?? 0,
            row.GetInt32("units") ?? 0),
        TotalSegments = row.GetInt64("segmentsTotal"),
        Shards = row.GetInt32("shards") ?? 1,
        Profile = row.GetString("profile") is { Length: > 0 } profile ? profile : Profile.DefaultName, // an older version had no other
        Account = row.GetString("account") ?? "",
        Service = row.GetString("service") ?? "",
        IsHigh = row.GetString("priority") == High,
        MediaUrls = row.GetString(MediaUrls) is { Length: > 0 } media ? JsonSerializer.Deserialize(media, RowJson.Readable.IReadOnlyListString)! : [],
        IsMms = row.GetBoolean(Mms) ?? false,
        ContentSid = row.GetString(ContentSid),
        ShortenUrls = row.GetBoolean(ShortenUrls) ?? false,
        SendAt = row.GetDateTimeOffset("sendAt"),
        ExpiresAt = row.GetDateTimeOffset("expiresAt") ?? DateTimeOffset.MaxValue,
        IsExpiryGiven = row.GetBoolean("expiryGiven") ?? false,
        Quiet = QuietHours.Parse(row.GetString("quietHours")),
        SendOver = SpreadDuration.Parse(row.GetString("sendOver")),
        Canary = Canary.Parse(row.GetString(CanaryColumns.Canary)),
        CanaryResult = CanaryColumns.Read(row),
        Recipients = row.GetString(Recipients) is { Length: > 0 } list ? RecipientLines.Split(list) : null,
        RecipientsBlob = row.GetString(RecipientsBlob) is { Length: > 0 } recipients ? recipients : null,
        IsFile = row.GetBoolean("isFile") ?? false,
        DataColumns = row.GetString(DataColumns) is { Length: > 0 } columns ? JsonSerializer.Deserialize(columns, RowJson.Readable.IReadOnlyListString)! : [],
        MostCopies = row.GetInt32(Copies) ?? 1,
        SkippedBlob = row.GetString(SkippedBlob) is { Length: > 0 } skipped ? skipped : null,
        TextKey = row.GetString(TextKeyColumn) is { Length: > 0 } key ? key : null,
        CreatedBy = row.GetString("createdBy"),
        CreatedById = row.GetString("createdById"),
        RequestId = row.GetString("requestId"),
        Approval = row.GetString(ApprovalColumn) is not { } approval ? null
            : new(approval, row.GetString(DecidedBy), row.GetTime(DecidedAt), row.GetString(ApprovalComment) is { Length: > 0 } comment ? comment : null),
        TraceParent = row.GetString("traceParent"),
        IdempotencyRow = row.GetString("idempotencyRow"),
        FannedOut = row.GetInt32(FannedOut) ?? 0,
        FannedOutAt = row.GetTime(FannedOutAt),
        CompletedAt = row.GetTime(CompletedAt),
        HandedOverAt = row.GetTime(HandedOverAt),
        Totals = StoredTotals.Read(row),
        OpenUntil = row.GetTime(OpenUntil),
        IsCanceled = row.GetBoolean(Canceled) ?? false,
        RequeuedAt = row.GetTime(RequeuedAt),
        ErasedAt = row.GetTime(ErasedAt),
        ListVersion = row.GetInt32(ListVersion) ?? 0,
        ListChangedAt = row.GetTime(ListChangedAt),
        ETag = row.ETag,
        Timestamp = row.Timestamp ?? default,
    };

    private static string Range(string after, string prefix) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {Partition} and RowKey gt {after} and RowKey lt {prefix[..^1] + (char)(prefix[^1] + 1)}");
}

/// <summary>The JSON within the row.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class RowJson : JsonSerializerContext
{
    public static RowJson Readable { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
