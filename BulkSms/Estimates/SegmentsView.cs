using System.Text.Json.Serialization;
using BulkSms.Broadcasts;
using BulkSms.Messages;
using BulkSms.Segments;

namespace BulkSms.Estimates;

/// <summary>The text's segments as the API shows them.</summary>
/// <param name="Encoding"><c>GSM-7</c> or <c>UCS-2</c>; null: not known.</param>
/// <param name="PerMessage">Segments a message; the most, where the recipients have texts of their own. Null: not known.</param>
/// <param name="Total">Segments of all messages; null: not known.</param>
/// <param name="UnknownBecause">The field of the request that makes them unknown: <c>mediaUrls</c> or <c>contentSid</c>; null: none does.</param>
public sealed record SegmentsView(
    string? Encoding, int? PerMessage, long? Total, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UnknownBecause = null)
{
    public static SegmentsView Of(Broadcast broadcast) =>
        Of(broadcast.Segments, broadcast.TotalSegments ?? (long)broadcast.Segments.Count * broadcast.RecipientsCount, broadcast.Extras);

    public static SegmentsView Of(MessageSegments segments, long total, MessageExtras extras) =>
        extras.UncountedBy is { } field ? new(null, null, null, field) : new(NameOf(segments.Encoding), segments.Count, total);

    /// <summary>An encoding, as the API names it.</summary>
    public static string NameOf(SmsEncoding encoding) => encoding is SmsEncoding.Gsm7 ? "GSM-7" : "UCS-2";
}
