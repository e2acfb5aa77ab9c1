using Microsoft.Net.Http.Headers;

namespace BulkSms.Broadcasts.Requests;

/// <summary>What a file's sender says of it. What is in the file decides; this counts only where two readings are possible.</summary>
/// <param name="Charset">The encoding of its text; null: not said.</param>
/// <param name="IsJson">Whether it is said to be JSON, by its type or by its name.</param>
public sealed record ListSource(string? Charset = null, bool IsJson = false)
{
    private static readonly string[] JsonTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/json-lines", "application/json"];
    private static readonly string[] JsonNames = [".ndjson", ".jsonl", ".json"];

    /// <summary>Reads it.</summary>
    /// <param name="contentType">The header <c>Content-Type</c>; null: there is none.</param>
    /// <param name="fileName">The name; null: there is none.</param>
    public static ListSource Of(string? contentType, string? fileName)
    {
        var type = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed : null;
        var isJson = JsonTypes.Contains(type?.MediaType.ToString(), StringComparer.OrdinalIgnoreCase)
            || Array.Exists(JsonNames, ending => fileName?.Trim().EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true);
        var charset = type?.Charset is { HasValue: true } value ? HeaderUtilities.RemoveQuotes(value).ToString().Trim() : null;
        return new(string.IsNullOrEmpty(charset) ? null : charset, isJson);
    }
}
