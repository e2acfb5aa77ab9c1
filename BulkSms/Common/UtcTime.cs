using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BulkSms.Common;

/// <summary>A moment as every answer writes it: RFC 3339 in UTC, with <c>Z</c> and milliseconds. What is finer is cut off.</summary>
public static class UtcTime
{
    private const string Form = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);
}

/// <summary>Writes <see cref="UtcTime"/>; reads any time in ISO 8601.</summary>
public sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(UtcTime.Write(value));
}
