using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Http;

/// <summary>Every JSON that comes from outside is read here, in one way.</summary>
public static class JsonBody
{
    public const string MediaType = "application/json";

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads a JSON body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Most bytes.</param>
    /// <param name="errors">Takes the errors; those that are in it already count as well.</param>
    /// <param name="read">Reads what the document holds; null only beside an error.</param>
    /// <returns>What was read; or 400, 413, 415.</returns>
    public static async Task<ReadResult<T>> ReadAsync<T>(HttpRequest request, int limit, FieldErrors errors, Func<JsonElement, FieldErrors, T?> read)
        where T : class =>
        RequestBody.Is(request, MediaType)
            ? await RequestBody.ReadAsync(request, limit, body => Read(body, errors, read))
            : new ReadResult<T>(null, Problems.WrongContentType(MediaType));

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">It is not JSON in UTF-8, repeats a key, is nested deeper than 16, or has a name that is not valid Unicode.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8) =>
        Utf8.IsValid(utf8.Span) ? Parse(() => JsonDocument.Parse(utf8, Options)) : throw new JsonException("It is not UTF-8.");

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte})"/>
    public static JsonDocument Parse(ReadOnlyMemory<char> text) => Parse(() => JsonDocument.Parse(text, Options));

    /// <summary>False for anything but a string, and for one with half a surrogate pair, which JSON can spell but no text can carry.</summary>
    public static bool TryGetText(JsonElement value, out string text)
    {
        text = "";
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads what a body holds.</summary>
    internal static ReadResult<T> Read<T>(ReadOnlyMemory<byte> body, FieldErrors errors, Func<JsonElement, FieldErrors, T?> read)
        where T : class
    {
        try
        {
            using var document = Parse(body);
            return read(document.RootElement, errors) is { } value && !errors.Any ? value : new ReadResult<T>(null, Problems.Invalid(errors));
        }
        catch (JsonException e)
        {
            return new ReadResult<T>(null, Problems.MalformedJson(e));
        }
    }

    // The parser compares all names of an object, and so meets each that is half a surrogate pair.
    private static JsonDocument Parse(Func<JsonDocument> parse)
    {
        try
        {
            return parse();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A name is not valid Unicode.", e);
        }
    }
}
