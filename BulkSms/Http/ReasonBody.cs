using System.Text.Json;
using BulkSms.Common;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Http;

/// <summary>What a person says about what they do, in a body that may be left out: <c>{"reason": "The text names the wrong day."}</c>.</summary>
/// <param name="Text">On one line, with phone numbers masked; null: nothing was said.</param>
public sealed record ReasonBody(string? Text)
{
    /// <summary>What it is called.</summary>
    public const string Reason = "reason";

    /// <summary>What it is called where it goes with a decision.</summary>
    public const string Comment = "comment";

    /// <summary>Characters of it.</summary>
    public const int Longest = 200;

    private const int MostBytes = 4096;

    /// <summary>Reads the body; an empty one says nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name"><see cref="Reason"/> or <see cref="Comment"/>.</param>
    public static Task<ReadResult<ReasonBody>> ReadAsync(HttpRequest request, string name) => RequestBody.ReadAsync(request, MostBytes, body =>
        body.IsEmpty ? new ReasonBody((string?)null)
        : RequestBody.Is(request, JsonBody.MediaType) ? JsonBody.Read(body, new(), (root, errors) => Read(root, name, errors))
        : new ReadResult<ReasonBody>(null, Problems.WrongContentType(JsonBody.MediaType)));

    private static ReasonBody? Read(JsonElement root, string name, FieldErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(property => property.Name != name))
        {
            errors.Add("$", $"must be an object with nothing but {name}, such as {{\"{name}\": \"The text names the wrong day.\"}}, or be left out");
            return null;
        }

        if (!root.TryGetProperty(name, out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return new((string?)null);
        }

        if (!JsonBody.TryGetText(given, out var text))
        {
            errors.Add($"$.{name}", "must be a string of valid Unicode");
            return null;
        }

        var line = string.Concat(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(each => !char.IsControl(each)));
        if (line.Length > Longest)
        {
            errors.Add($"$.{name}", $"must be at most {Longest} characters; it has {line.Length}");
            return null;
        }

        return new(line.Length == 0 ? null : Redaction.PhonesIn(line));
    }
}
