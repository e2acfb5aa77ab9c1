using System.Globalization;
using Azure;
using Azure.Data.Tables;
using BulkSms.Recipients;
using BulkSms.Segments;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>A broadcast's row: everything that fan-out needs, frozen when it was committed, and how far fan-out has come.</summary>
public sealed record Broadcast
{
    public required string Id { get; init; }

    /// <summary>The text; the template when the recipients have texts of their own.</summary>
    public required string Message { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Unique recipients; 0 when all had opted out.</summary>
    public required int RecipientsCount { get; init; }

    public required int DuplicatesRemoved { get; init; }

    /// <summary>Entries left out because of a fault; null when one fault would have refused the request.</summary>
    public int? Invalid { get; init; }

    /// <summary>Numbers left out because they had opted out by then.</summary>
    public int OptedOut { get; init; }

    /// <summary>Of the text; of the recipients' own texts the most, and UCS-2 if one is.</summary>
    public required MessageSegments Segments { get; init; }

    /// <summary>Segments of all the recipients' own texts; null when all get the same one.</summary>
    public long? TotalSegments { get; init; }

    /// <summary>Partitions that the recipients are spread over.</summary>
    public required int Shards { get; init; }

    /// <summary>Name of the hash that makes recipient keys.</summary>
    public required string HashName { get; init; }

    /// <summary>Twilio account and Messaging Service that it was accepted for.</summary>
    public required string Account { get; init; }

    public required string Service { get; init; }

    /// <summary>When it is due; null: at once.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Nothing of it is sent from then on.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether the request gave <see cref="ExpiresAt"/>; else each recipient's life begins when it is due.</summary>
    public bool IsExpiryGiven { get; init; }

    /// <summary>When nobody is texted, by the recipient's clock; null: there is no such time.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>Who sent it, by the token; null: somebody with a function key.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Row key of the idempotency key that made it; null: it had none.</summary>
    public string? IdempotencyRow { get; init; }

    /// <summary>The trace that began with the request (W3C); null: nobody listened.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The recipients in order, or null when they are in <see cref="RecipientsBlob"/>.</summary>
    public IReadOnlyList<Addressee>? Recipients { get; init; }

    public string? RecipientsBlob { get; init; }

    /// <summary>Recipients from the start of the list whose rows and nudges are surely written.</summary>
    public int FannedOut { get; init; }

    /// <summary>When fan-out was complete; null before.</summary>
    public DateTimeOffset? FannedOutAt { get; init; }

    /// <summary>When every recipient had come to an end; null before. Nothing is counted or swept any more.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Not to be completed before: somebody replays recipients of it just now. Null: nobody does.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>Canceled, for good: the hold that stops its sending ends when it is completed, this does not.</summary>
    public bool IsCanceled { get; init; }

    /// <summary>Recipients by status when it was completed; null before.</summary>
    public IReadOnlyDictionary<string, int>? Totals { get; init; }

    /// <summary>When its personal data was erased, or began to be; null: it was not. Its text is empty then and it has no recipients any more.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>When the sweeper last nudged its waiting recipients.</summary>
    public DateTimeOffset? RequeuedAt { get; init; }

    /// <summary>When each recipient may be sent to: by the schedule, and not in the recipient's quiet hours.</summary>
    public SendTimes Times()
    {
        var begins = SendAt > CreatedAt ? SendAt.Value : CreatedAt;
        return new(begins, IsExpiryGiven ? ExpiresAt : null, ExpiresAt - begins, Quiet);
    }

    /// <summary>A recipient's row as fan-out makes it.</summary>
    /// <param name="key">Where it stands.</param>
    /// <param name="recipient">Who it is.</param>
    /// <param name="index">Its place in the list.</param>
    /// <param name="times">This broadcast's <see cref="Times"/>.</param>
    public TableEntity NewRow(RecipientKey key, Addressee recipient, int index, SendTimes times)
    {
        if (Quiet is null)
        {
            return Recipient.NewRow(key, recipient, index, SendAt, ExpiresAt);
        }

        var time = times.For(recipient.To);
        return Recipient.NewRow(key, recipient, index, time.DueAt ?? time.ExpiresAt, time.ExpiresAt); // never due: it expires, and is shown so
    }

    public ETag ETag { get; init; }

    /// <summary>When the row was last written, by storage's clock.</summary>
    public DateTimeOffset Timestamp { get; init; }
}

/// <summary>Between <see cref="Broadcast"/> and its table row.</summary>
internal static class BroadcastRow
{
    public const string Partition = "broadcasts";
    public const string FannedOut = "fannedOut";
    public const string FannedOutAt = "fannedOutAt";
    public const string CompletedAt = "completedAt";
    public const string Totals = "totals";
    public const string OpenUntil = "openUntil";
    public const string Canceled = "canceled";
    public const string RequeuedAt = "nudgedAt";
    public const string ErasedAt = "erasedAt";
    public const string Message = "message";
    public const string Recipients = "recipients";
    private const string RowPrefix = "b-";
    private const string MarkerPrefix = "active-";
    private const string ErasingPrefix = "erasing-";
    private const char Separator = ',';

    /// <summary>Row key of the broadcast; ids sort newest first, and so do these.</summary>
    public static string Key(string broadcastId) => RowPrefix + broadcastId;

    /// <summary>Row key of the marker that says "not complete": the sweeper reads markers only.</summary>
    public static string MarkerKey(string broadcastId) => MarkerPrefix + broadcastId;

    public static string IdOf(string rowKey) => rowKey[(rowKey.IndexOf('-', StringComparison.Ordinal) + 1)..];

    public static string RowsAfter(string? broadcastId) => Range(broadcastId is null ? RowPrefix : Key(broadcastId), RowPrefix);

    public static string Markers { get; } = Range(MarkerPrefix, MarkerPrefix);

    /// <summary>The columns that say when and where, not what and to whom.</summary>
    public static readonly string[] Brief = [nameof(TableEntity.RowKey), "createdAt", "shards", CompletedAt, ErasedAt];

    /// <summary>The columns that a list shows. A row's recipients may be 32 KB, and a page has up to a thousand rows.</summary>
    public static readonly string[] Listed =
        [nameof(TableEntity.RowKey), Message, "createdAt", "recipientsCount", "duplicatesRemoved", "optedOut", "invalid", "encoding", "segments", "segmentsTotal", "units"];

    public static string Erasing { get; } = Range(ErasingPrefix, ErasingPrefix);

    /// <summary>Says that somebody has begun to erase it.</summary>
    public static TableEntity ErasingMarker(string broadcastId) => new(Partition, ErasingPrefix + broadcastId);

    /// <summary>Rows of broadcasts that were completed before a time.</summary>
    public static string CompletedBefore(DateTimeOffset time) =>
        $"{RowsAfter(null)} and {TableClient.CreateQueryFilter($"completedAt gt {NoTime.Value} and completedAt lt {time}")}";

    public static TableEntity Marker(string broadcastId) => new(Partition, MarkerKey(broadcastId));

    public static TableEntity Write(Broadcast broadcast) => new(Partition, Key(broadcast.Id))
    {
        [Message] = broadcast.Message,
        ["createdAt"] = broadcast.CreatedAt,
        ["recipientsCount"] = broadcast.RecipientsCount,
        ["duplicatesRemoved"] = broadcast.DuplicatesRemoved,
        ["optedOut"] = broadcast.OptedOut,
        ["invalid"] = broadcast.Invalid,
        ["encoding"] = broadcast.Segments.Encoding.ToString(),
        ["segments"] = broadcast.Segments.Count,
        ["segmentsTotal"] = broadcast.TotalSegments,
        ["units"] = broadcast.Segments.Units,
        ["shards"] = broadcast.Shards,
        ["hash"] = broadcast.HashName,
        ["account"] = broadcast.Account,
        ["service"] = broadcast.Service,
        ["sendAt"] = broadcast.SendAt,
        ["expiresAt"] = broadcast.ExpiresAt,
        ["expiryGiven"] = broadcast.IsExpiryGiven,
        ["quietHours"] = broadcast.Quiet?.ToString(),
        [Recipients] = broadcast.Recipients is { } list ? RecipientLines.Join(list) : null,
        ["recipientsBlob"] = broadcast.RecipientsBlob,
        ["createdBy"] = broadcast.CreatedBy,
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
        Segments = new(
            Enum.TryParse<SmsEncoding>(row.GetString("encoding"), out var encoding) ? encoding : default,
            row.GetInt32("segments") ?? 0,
            row.GetInt32("units") ?? 0),
        TotalSegments = row.GetInt64("segmentsTotal"),
        Shards = row.GetInt32("shards") ?? 1,
        HashName = row.GetString("hash") ?? "",
        Account = row.GetString("account") ?? "",
        Service = row.GetString("service") ?? "",
        SendAt = row.GetDateTimeOffset("sendAt"),
        ExpiresAt = row.GetDateTimeOffset("expiresAt") ?? DateTimeOffset.MaxValue,
        IsExpiryGiven = row.GetBoolean("expiryGiven") ?? false,
        Quiet = QuietHours.Parse(row.GetString("quietHours")),
        Recipients = row.GetString(Recipients) is { Length: > 0 } list ? RecipientLines.Split(list) : null,
        RecipientsBlob = row.GetString("recipientsBlob"),
        CreatedBy = row.GetString("createdBy"),
        TraceParent = row.GetString("traceParent"),
        IdempotencyRow = row.GetString("idempotencyRow"),
        FannedOut = row.GetInt32(FannedOut) ?? 0,
        FannedOutAt = row.GetTime(FannedOutAt),
        CompletedAt = row.GetTime(CompletedAt),
        Totals = row.GetString(Totals) is { Length: > 0 } totals ? ReadTotals(totals) : null,
        OpenUntil = row.GetTime(OpenUntil),
        IsCanceled = row.GetBoolean(Canceled) ?? false,
        RequeuedAt = row.GetTime(RequeuedAt),
        ErasedAt = row.GetTime(ErasedAt),
        ETag = row.ETag,
        Timestamp = row.Timestamp ?? default,
    };

    /// <summary><c>delivered=3,rejected=1</c></summary>
    public static string WriteTotals(IReadOnlyDictionary<string, int> totals) =>
        string.Join(Separator, totals.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key}={each.Value}")));

    private static Dictionary<string, int> ReadTotals(string totals) => totals.Split(Separator, StringSplitOptions.RemoveEmptyEntries)
        .Select(each => each.Split('=')).ToDictionary(each => each[0], each => int.Parse(each[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static string Range(string after, string prefix) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {Partition} and RowKey gt {after} and RowKey lt {prefix[..^1] + (char)(prefix[^1] + 1)}");
}
