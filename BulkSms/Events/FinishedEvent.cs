using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BulkSms.Common;
using BulkSms.Outbox;
using BulkSms.Recipients;

namespace BulkSms.Events;

/// <summary>What is told of a recipient that has come to a final status.</summary>
internal static class FinishedEvent
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event of a row. Its id holds no number.</summary>
    public static OutboxEvent Of(Recipient row)
    {
        var data = new JsonObject
        {
            ["broadcastId"] = row.Key.BroadcastId,
            ["recipientId"] = row.Key.Id,
            ["to"] = row.To,
            ["reference"] = row.Reference,
            ["line"] = row.Line,
            ["index"] = row.RequestIndex,
            ["status"] = row.Status,
            ["providerStatus"] = row.ProviderStatus is { Length: > 0 } word ? word : null,
            ["code"] = row.Code,
            ["reason"] = row.Reason,
            ["messageSid"] = row.Sid is { Length: > 0 } sid ? sid : null,
            ["attempts"] = row.Attempt,
            ["sentAt"] = row.SentAt is { } sentAt ? UtcTime.Write(sentAt) : null,
        };
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{row.Key.BroadcastId}-{row.Key.Shard:x2}-{row.Key.Id}-{row.Sequence}"),
            EventTypes.RecipientFinished, $"{row.Key.BroadcastId}/{row.Key.Id}", row.Sequence, data.ToJsonString(Readable));
    }
}
