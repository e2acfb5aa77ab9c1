using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Outbox;

/// <summary>One request to one endpoint: an event, or a batch of them, and how far its delivery has come.</summary>
public sealed record EventDelivery
{
    /// <summary>Bytes that one column holds.</summary>
    private const int ColumnBytes = 64 * 1024;

    private const string IdPrefix = "msg_";
    private const long LastMillisecond = 0xFFFF_FFFF_FFFF;

    public required string Endpoint { get; init; }

    /// <summary>Its id with the time before it, counted backwards: the newest comes first. 45 characters of 0 to 9, a to f and a hyphen.</summary>
    public required string Key { get; init; }

    /// <summary>One of <see cref="DeliveryStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>The type of its events.</summary>
    public required string Type { get; init; }

    /// <summary>How many events it holds.</summary>
    public required int Events { get; init; }

    /// <summary>The broadcast whose recipients it tells of; null: it tells of none.</summary>
    public string? BroadcastId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is given up, unless it is delivered before.</summary>
    public required DateTimeOffset GiveUpAt { get; init; }

    /// <summary>Calls made.</summary>
    public int Attempts { get; init; }

    /// <summary>Not to be called before: the next try is due then, or another instance makes a call until then.</summary>
    public DateTimeOffset NextAttemptAt { get; init; }

    /// <summary>What the last call came to, in words; null: there was none.</summary>
    public string? Reason { get; init; }

    /// <summary>The status that the endpoint answered with; null: it did not answer.</summary>
    public int? AnswerStatus { get; init; }

    /// <summary>When it was delivered or given up.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Whether it is a batch of CloudEvents, also one of one.</summary>
    public bool IsBatch { get; init; }

    /// <summary>What is posted, compressed.</summary>
    public required byte[] Packed { get; init; }

    public ETag ETag { get; init; }

    /// <summary>What <c>webhook-id</c> says: the same at each try, so that a receiver knows a repeat.</summary>
    public string Id => IdOf(Key);

    public static string IdOf(string key) => IdPrefix + key;

    /// <summary>The key of an id; null: it is none.</summary>
    public static string? KeyOf(string? id) => id?.StartsWith(IdPrefix, StringComparison.Ordinal) == true && IsKey(id[IdPrefix.Length..]) ? id[IdPrefix.Length..] : null;

    /// <summary>The key of a delivery: the same whenever the same is to be told to the same endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="at">When the event happened; of a batch the first.</param>
    /// <param name="events">The events' ids.</param>
    public static string KeyOf(string endpoint, DateTimeOffset at, IEnumerable<string> events)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint}|{string.Join(',', events)}"));
        return string.Create(CultureInfo.InvariantCulture, $"{LastMillisecond - at.ToUnixTimeMilliseconds():x12}-{Convert.ToHexStringLower(hash.AsSpan(0, 16))}");
    }

    /// <summary>Whether a text from outside has the form of a key.</summary>
    public static bool IsKey(string? text) => text?.Length == 45 && text[12] == '-' && Common.Hex.IsLower(text[..12], 12) && Common.Hex.IsLower(text[13..], 32);

    public static byte[] Pack(ReadOnlySpan<byte> body)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(body);
        }

        return packed.ToArray();
    }

    /// <summary>What is posted.</summary>
    public byte[] Body()
    {
        using var zip = new GZipStream(new MemoryStream(Packed), CompressionMode.Decompress);
        using var body = new MemoryStream();
        zip.CopyTo(body);
        return body.ToArray();
    }

    /// <summary>A batch without some of its events.</summary>
    /// <param name="ids">The ids of these.</param>
    public EventDelivery Without(IReadOnlySet<string> ids)
    {
        using var body = JsonDocument.Parse(Body());
        var kept = body.RootElement.EnumerateArray().Where(each => !ids.Contains(each.GetProperty("id").GetString() ?? "")).Select(each => each.GetRawText()).ToArray();
        return this with { Events = kept.Length, Packed = Pack(Encoding.UTF8.GetBytes($"[{string.Join(',', kept)}]")) };
    }

    internal TableEntity Write()
    {
        var row = new TableEntity(Endpoint, DeliveryStatus.PrefixOf(Status) + Key)
        {
            ["type"] = Type,
            ["events"] = Events,
            ["broadcastId"] = BroadcastId,
            ["createdAt"] = CreatedAt,
            ["giveUpAt"] = GiveUpAt,
            ["attempts"] = Attempts,
            [NextAttempt] = NextAttemptAt,
            ["reason"] = Reason,
            ["answerStatus"] = AnswerStatus,
            ["finishedAt"] = FinishedAt,
            ["isBatch"] = IsBatch,
        };
        foreach (var (index, part) in Packed.Chunk(ColumnBytes).Index())
        {
            row[BodyColumn(index)] = part;
        }

        return row;
    }

    /// <summary>The columns that a list shows, without what is posted.</summary>
    internal static readonly string[] Listed =
        [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey), "type", "events", "broadcastId", "createdAt", "giveUpAt", "attempts", NextAttempt, "reason", "answerStatus", "finishedAt"];

    internal const string NextAttempt = "nextAttemptAt";

    internal static EventDelivery Read(TableEntity row) => new()
    {
        Endpoint = row.PartitionKey,
        Key = row.RowKey[1..],
        Status = DeliveryStatus.Of(row.RowKey),
        Type = row.GetString("type") ?? "",
        Events = row.GetInt32("events") ?? 0,
        BroadcastId = row.GetString("broadcastId"),
        CreatedAt = row.GetDateTimeOffset("createdAt") ?? default,
        GiveUpAt = row.GetDateTimeOffset("giveUpAt") ?? default,
        Attempts = row.GetInt32("attempts") ?? 0,
        NextAttemptAt = row.GetDateTimeOffset(NextAttempt) ?? default,
        Reason = row.GetString("reason") is { Length: > 0 } reason ? reason : null,
        AnswerStatus = row.GetInt32("answerStatus") is { } status and not 0 ? status : null,
        FinishedAt = row.GetTime("finishedAt"),
        IsBatch = row.GetBoolean("isBatch") ?? false,
        Packed = [.. Enumerable.Range(0, row.Count).Select(index => row.TryGetValue(BodyColumn(index), out _) ? row.GetBinary(BodyColumn(index)) : null).TakeWhile(part => part is not null).SelectMany(part => part!)],
        ETag = row.ETag,
    };

    private static string BodyColumn(int index) => string.Create(CultureInfo.InvariantCulture, $"body{index}");
}

/// <summary>How far a delivery has come.</summary>
public static class DeliveryStatus
{
    /// <summary>It waits for its first call, or for the next one.</summary>
    public const string Pending = "pending";

    /// <summary>It was given up.</summary>
    public const string Failed = "failed";

    public const string Delivered = "delivered";

    /// <summary>In the order in which they are listed.</summary>
    public static IReadOnlyList<string> All { get; } = [Pending, Failed, Delivered];

    /// <summary>What its row's key begins with: those of one status stand together.</summary>
    internal static char PrefixOf(string status) => (char)('0' + ((List<string>)[.. All]).IndexOf(status));

    internal static string Of(string rowKey) => All[rowKey[0] - '0'];
}
