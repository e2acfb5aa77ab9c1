using BulkSms.Broadcasts;
using BulkSms.Segments;

namespace BulkSms.Estimates;

/// <summary>The text's segments as the API shows them.</summary>
/// <param name="Encoding"><c>GSM-7</c> or <c>UCS-2</c>.</param>
/// <param name="PerMessage">Segments a message; the most, where the recipients have texts of their own.</param>
/// <param name="Total">Segments of all messages.</param>
public sealed record SegmentsView(string Encoding, int PerMessage, long Total)
{
    public static SegmentsView Of(Broadcast broadcast) =>
        Of(broadcast.Segments, broadcast.TotalSegments ?? (long)broadcast.Segments.Count * broadcast.RecipientsCount);

    public static SegmentsView Of(MessageSegments segments, long total) =>
        new(NameOf(segments.Encoding), segments.Count, total);

    /// <summary>An encoding, as the API names it.</summary>
    public static string NameOf(SmsEncoding encoding) => encoding is SmsEncoding.Gsm7 ? "GSM-7" : "UCS-2";
}
