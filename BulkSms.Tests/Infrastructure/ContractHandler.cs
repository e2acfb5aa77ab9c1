using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BulkSms.Tests.Infrastructure;

/// <summary>
/// Holds each answer that a test gets to the API's document: the status, the headers, the content type and the body must be as it says, errors included, and have nothing that it does
/// not tell of.
/// </summary>
internal sealed class ContractHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private const string Prefix = "/api/";
    private const string Console = $"{Prefix}console"; // pages, no part of the API

    /// <summary>A caller of an app, without a key.</summary>
    public static HttpClient NewClient(Uri app) => new(new ContractHandler()) { BaseAddress = app };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (IsOfTheApi(request.RequestUri!.AbsolutePath) && await FaultsOfAsync(request, response, cancellationToken) is { Count: > 0 } faults)
        {
            Assert.Fail($"{request.Method} {request.RequestUri.AbsolutePath} answered {(int)response.StatusCode}, which is not as openapi.json says:\n{string.Join('\n', faults.Take(20))}");
        }

        return response;
    }

    private static bool IsOfTheApi(string path) => path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !path.StartsWith(Console, StringComparison.OrdinalIgnoreCase);

    private static async Task<IReadOnlyList<string>> FaultsOfAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellation)
    {
        if (Expected(request, response.StatusCode) is not { } expected)
        {
            return ["The status is not documented."];
        }

        var headers = FaultsOf(expected, response);
        if (expected["content"] is not JsonObject content)
        {
            return [.. headers, .. response.Content.Headers.ContentLength is > 0 ? ["No body is documented."] : Array.Empty<string>()];
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (content[type] is not { } media)
        {
            return [.. headers, $"The content type {type} is not documented."];
        }

        return request.Method == HttpMethod.Head || !type.EndsWith("json", StringComparison.Ordinal)
            ? headers
            : [.. headers, .. await FaultsOfAsync(media["schema"]!, response.Content, cancellation)];
    }

    private static async Task<IReadOnlyList<string>> FaultsOfAsync(JsonNode schema, HttpContent content, CancellationToken cancellation)
    {
        await content.LoadIntoBufferAsync(cancellation);
        try
        {
            using var body = JsonDocument.Parse(await content.ReadAsByteArrayAsync(cancellation));
            return ApiContract.Check(schema, body.RootElement);
        }
        catch (JsonException e)
        {
            return [$"The body is no JSON: {e.Message}"];
        }
    }

    // What no operation answers is answered by the host.
    private static JsonObject? Expected(HttpRequestMessage request, HttpStatusCode status)
    {
        var (path, method) = (Uri.UnescapeDataString(request.RequestUri!.AbsolutePath), request.Method == HttpMethod.Head ? "GET" : request.Method.Method);
        var code = ((int)status).ToString(null as IFormatProvider);
        if (status == HttpStatusCode.MisdirectedRequest)
        {
            return Shared("Misdirected");
        }

        if (ApiContract.Find(method, path) is { } operation)
        {
            return operation.Responses[code] is { } response ? ApiContract.Resolve(response) : null;
        }

        var isRoute = ApiContract.Operations.Any(each => each.Matches(path));
        return (isRoute, status) switch
        {
            (false, HttpStatusCode.NotFound) => Shared("UnknownRoute"),
            (true, HttpStatusCode.MethodNotAllowed) => Shared("MethodNotAllowed"),
            (true, HttpStatusCode.NoContent) when method == "OPTIONS" => Shared("Options"),
            _ => null,
        };
    }

    private static JsonObject Shared(string name) => ApiContract.Document["components"]!["responses"]![name]!.AsObject();

    private static IReadOnlyList<string> FaultsOf(JsonObject expected, HttpResponseMessage response)
    {
        var faults = new List<string>();
        foreach (var (name, definition) in expected["headers"]?.AsObject() ?? [])
        {
            var header = ApiContract.Resolve(definition!);
            if (ValueOf(response, name) is not { } value)
            {
                faults.AddRange((bool?)header["required"] == true ? [$"The header {name} is missing."] : []);
                continue;
            }

            var schema = header["schema"]!;
            var json = (string)schema["type"]! == "integer" ? JsonElement.Parse(value) : JsonSerializer.SerializeToElement(value);
            faults.AddRange(ApiContract.Check(schema, json).Select(fault => $"{name} is {value}: {fault}"));
        }

        return faults;
    }

    private static string? ValueOf(HttpResponseMessage response, string name)
    {
        HttpHeaders[] both = [response.Headers, response.Content.Headers];
        return both.Select(headers => headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null).FirstOrDefault(value => value is not null);
    }
}
