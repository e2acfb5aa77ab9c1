using System.Text.Json;
using BulkSms.Http;
using BulkSms.Outbox;

namespace BulkSms.Events;

/// <summary>What a caller wants an endpoint to be: <c>{"url": "https://…", "types": ["broadcast.completed"]}</c>.</summary>
/// <param name="Url">Where it is; checked later, as its name must be resolved.</param>
/// <param name="Types">The events that it wants, each once.</param>
public sealed record EndpointRequest(string Url, IReadOnlyList<string> Types)
{
    /// <summary>Bytes of the largest body.</summary>
    public const int MaxBytes = 16 * 1024;

    private const string UrlName = "url";
    private const string TypesName = "types";

    /// <summary>Where an error of the address stands.</summary>
    public const string UrlPath = $"$.{UrlName}";

    /// <summary>Reads a body; the result is null exactly when there is an error.</summary>
    public static EndpointRequest? Read(JsonElement root, FieldErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add("$", $"must be an object, such as {{\"{UrlName}\": \"https://example.com/hooks\", \"{TypesName}\": [\"{EventTypes.BroadcastCompleted}\"]}}");
            return null;
        }

        foreach (var property in root.EnumerateObject().Where(property => property.Name is not (UrlName or TypesName)))
        {
            errors.Add($"$.{property.Name}", $"is not known; known are {UrlName} and {TypesName}");
        }

        var url = "";
        if (!root.TryGetProperty(UrlName, out var given) || !JsonBody.TryGetText(given, out url))
        {
            errors.Add(UrlPath, "must be an address such as https://example.com/hooks");
        }

        var types = ReadTypes(root, errors);
        return errors.Any ? null : new(url, types);
    }

    private static List<string> ReadTypes(JsonElement root, FieldErrors errors)
    {
        var types = new List<string>();
        if (!root.TryGetProperty(TypesName, out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > 100)
        {
            errors.Add($"$.{TypesName}", $"must be an array of event types: {string.Join(", ", EventTypes.All)}");
            return types;
        }

        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            if (JsonBody.TryGetText(element, out var type) && EventTypes.All.Contains(type, StringComparer.Ordinal))
            {
                types.Add(type);
            }
            else
            {
                errors.Add($"$.{TypesName}[{index}]", $"is not the type of an event; there are {string.Join(", ", EventTypes.All)}");
            }
        }

        return [.. types.Distinct(StringComparer.Ordinal)];
    }
}
