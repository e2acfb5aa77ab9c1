using System.Net;
using System.Text.Json;
using Polly.Timeout;

namespace BulkSms.Client.Http;

/// <summary>What an answer that is no success says.</summary>
internal static class ProblemReader
{
    private const int Most = 1 << 20;

    public static TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter?.Delta ?? (answer.Headers.RetryAfter?.Date is { } date && answer.Headers.Date is { } now ? date - now : null);

    public static async Task<Problem> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var body = answer.Content.Headers.ContentLength is > Most ? "" : await answer.Content.ReadAsStringAsync(cancellation);
        return (Parse(body) ?? Without(answer.StatusCode)) with { RetryAfter = RetryAfter(answer) };
    }

    /// <summary>Whether the connection failed, and not the list that was to be sent.</summary>
    public static bool IsOfTheWire(Exception error) =>
        error is HttpRequestException or TimeoutRejectedException or IOException and not (FileNotFoundException or DirectoryNotFoundException or FileLoadException);

    public static Problem Unreachable(Uri? address, Exception why) => new()
    {
        Type = Problem.TypeOf(Problem.Unreachable),
        Title = "BulkSms gave no answer.",
        Status = 0,
        Detail = $"{address?.GetLeftPart(UriPartial.Authority)}: {why.Message}",
    };

    // The Functions host, or a proxy before it, answers without a problem document.
    private static Problem Without(HttpStatusCode status)
    {
        var (kind, title, detail) = (int)status switch
        {
            401 => ("unauthorized", "The app refused the function key.", "Check the key and the address."),
            403 => ("forbidden", "The app refused the caller.", "Check the key, the role and the network that the app lets in."),
            404 => ("not-found", "There is no BulkSms at this address.", "Check the address."),
            >= 300 and < 400 => ("redirected", "The app sends the caller elsewhere.", "Use the address that it names: no key is sent there by itself."),
            >= 500 => ("storage-unavailable", "The app does not answer now.", "Try again later."),
            _ => ("unexpected-answer", "The answer is not one of BulkSms.", "Check the address."),
        };
        return new() { Type = Problem.TypeOf(kind), Title = title, Status = (int)status, Detail = $"{detail} (HTTP {(int)status})" };
    }

    private static Problem? Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Text(root, "type") is { } type && Text(root, "title") is { } title
                ? new()
                {
                    Type = type,
                    Title = title,
                    Status = Number(root, "status"),
                    Detail = Text(root, "detail"),
                    Errors = Errors(root),
                    ErrorCount = Number(root, "errorCount"),
                    RequestId = Text(root, "requestId"),
                    BroadcastId = Text(root, "broadcastId"),
                    Json = body,
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Number(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    private static Dictionary<string, IReadOnlyList<string>> Errors(JsonElement from)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (from.TryGetProperty("errors", out var places) && places.ValueKind == JsonValueKind.Object)
        {
            foreach (var place in places.EnumerateObject())
            {
                errors[place.Name] = place.Value.ValueKind == JsonValueKind.Array ? [.. place.Value.EnumerateArray().Select(error => error.ToString())] : [place.Value.ToString()];
            }
        }

        return errors;
    }
}
