using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BulkSms.Messages;

/// <summary>
/// The variables of a content template as Twilio takes them: a JSON object of texts. Where recipients have values of their own, it is a template like any other text; a value is put in as JSON writes it.
/// </summary>
public static class ContentVariables
{
    /// <summary>Writes them, in the order of their names.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> variables) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(variables.ToDictionary(), StringComparer.Ordinal), ContentVariablesJson.Readable.SortedDictionaryStringString);

    /// <summary>The reverse; null: there are none.</summary>
    public static IReadOnlyDictionary<string, string>? Read(string text) =>
        text.Length == 0 ? null : JsonSerializer.Deserialize(text, ContentVariablesJson.Readable.SortedDictionaryStringString);

    /// <summary>A value within them.</summary>
    public static string Escape(string value) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);
}

[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class ContentVariablesJson : JsonSerializerContext
{
    public static ContentVariablesJson Readable { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
