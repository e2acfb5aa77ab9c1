using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using BulkSms.Common;
using BulkSms.Outbox;

namespace BulkSms.Events;

/// <summary>Events as CloudEvents 1.0 in JSON: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md.</summary>
internal static class CloudEventJson
{
    /// <summary>The content type of one event.</summary>
    public const string MediaType = "application/cloudevents+json";

    /// <summary>The content type of several.</summary>
    public const string BatchMediaType = "application/cloudevents-batch+json";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One event.</summary>
    /// <param name="source">Which app tells of it.</param>
    /// <param name="event">The event.</param>
    public static byte[] One(string source, OutboxEvent @event) => Write(json => Write(json, source, @event));

    /// <summary>Several events.</summary>
    public static byte[] Batch(string source, IEnumerable<OutboxEvent> events) => Write(json =>
    {
        json.WriteStartArray();
        foreach (var each in events)
        {
            Write(json, source, each);
        }

        json.WriteEndArray();
    });

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Readable))
        {
            write(json);
        }

        return body.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string source, OutboxEvent @event)
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", @event.Id);
        json.WriteString("source", source);
        json.WriteString("type", @event.Type);
        json.WriteString("subject", @event.Subject);
        json.WriteString("time", UtcTime.Write(@event.At));
        json.WriteString("datacontenttype", "application/json");
        json.WriteString("sequence", @event.Sequence.ToString("D16", CultureInfo.InvariantCulture)); // the extension "sequence": a text that sorts
        json.WritePropertyName("data");
        json.WriteRawValue(@event.Data);
        json.WriteEndObject();
    }
}
