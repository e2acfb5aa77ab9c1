using System.Globalization;
using System.Net;
using System.Text;

namespace BulkSms.MemoryStorage.Queues;

/// <summary>Queue messages as the queue service's XML.</summary>
internal static class QueueXml
{
    /// <summary>The text of a message that is sent; null: the body has none.</summary>
    public static string? ReadText(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOf("<MessageText>"u8);
        if (start < 0)
        {
            return body.IndexOf("<MessageText />"u8) >= 0 ? "" : null;
        }

        var text = body[(start + "<MessageText>"u8.Length)..];
        var escaped = Encoding.UTF8.GetString(text[..text.IndexOf("</MessageText>"u8)]);
        return escaped.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(escaped) : escaped;
    }

    /// <summary>A list of messages.</summary>
    /// <param name="items">The messages.</param>
    /// <param name="isReceived">Whether they tell a pop receipt.</param>
    /// <param name="isText">Whether they tell their text.</param>
    public static string Write(IEnumerable<QueueItem> items, bool isReceived, bool isText)
    {
        var xml = new StringBuilder("<QueueMessagesList>", 1024);
        foreach (var item in items)
        {
            xml.Append("<QueueMessage><MessageId>").Append(item.Id).Append("</MessageId><InsertionTime>").Append(Time(item.InsertedAt))
                .Append("</InsertionTime><ExpirationTime>").Append(Time(item.ExpiresAt)).Append("</ExpirationTime>");
            if (isReceived)
            {
                xml.Append("<PopReceipt>").Append(item.PopReceipt).Append("</PopReceipt><TimeNextVisible>").Append(Time(item.VisibleAt)).Append("</TimeNextVisible>");
            }

            if (isText)
            {
                xml.Append("<DequeueCount>").Append(item.DequeueCount).Append("</DequeueCount><MessageText>").Append(WebUtility.HtmlEncode(item.Text)).Append("</MessageText>");
            }

            xml.Append("</QueueMessage>");
        }

        return xml.Append("</QueueMessagesList>").ToString();
    }

    public static string Time(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);
}
