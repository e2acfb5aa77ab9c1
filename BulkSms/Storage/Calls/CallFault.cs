using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Core;

namespace BulkSms.Storage.Calls;

/// <summary>What storage says of a call that it refuses, as the exception that Azure's clients throw.</summary>
internal sealed class CallFault : RequestFailedDetailsParser
{
    private static readonly CallFault Instance = new();

    /// <summary>The exception of an answer that is none that was hoped for.</summary>
    public static RequestFailedException Of(Response response) => new(response, null, Instance);

    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        data = null;
        var (code, message) = response.ContentStream is { Length: > 0 } ? Read(response.Content.ToMemory()) : (null, null);
        code = response.Headers.TryGetValue("x-ms-error-code", out var header) ? header : code;
        error = code is null ? null : new(code, message);
        return code is not null;
    }

    /// <summary>Code and message of an answer's body, JSON or XML.</summary>
    public static (string? Code, string? Message) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.Span.TrimStart("\uFEFF "u8) is [(byte)'{', ..] ? ReadJson(body) : ReadXml(body);
        }
        catch (Exception e) when (e is JsonException or XmlException)
        {
            return (null, null); // of a proxy, perhaps: the status says enough
        }
    }

    private static (string? Code, string? Message) ReadJson(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (!json.RootElement.TryGetProperty("odata.error", out var error))
        {
            return (null, null);
        }

        var code = error.TryGetProperty("code", out var found) ? found.GetString() : null;
        return (code, error.TryGetProperty("message", out var message) && message.TryGetProperty("value", out var text) ? text.GetString() : null);
    }

    private static (string? Code, string? Message) ReadXml(ReadOnlyMemory<byte> body)
    {
        using var stream = new MemoryStream(body.ToArray(), writable: false);
        var parts = XDocument.Load(stream).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value, StringComparer.OrdinalIgnoreCase);
        return (parts["Code"].FirstOrDefault(), parts["Message"].FirstOrDefault());
    }
}
