using System.Text.Json;
using System.Text.Json.Nodes;
using BulkSms.Api;
using Json.Schema;

namespace BulkSms.Tests.Infrastructure;

/// <summary>The API's document: its operations, and whether a value is as one of its schemas says.</summary>
internal static class ApiContract
{
    private const string Schemas = "#/components/schemas/";
    private const string Registered = "https://bulksms.invalid/openapi";
    private static readonly BuildOptions Building = new() { Dialect = Dialect.Draft202012, SchemaRegistry = new() };
    private static readonly EvaluationOptions Evaluating = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };
    private static readonly Dictionary<string, JsonSchema> Built = [];
    private static readonly Lock Gate = new();

    public static JsonObject Document { get; } = JsonNode.Parse(OpenApiDocument.Bytes.Span)!.AsObject();

    private static readonly Lazy<JsonSchema> All = new(() => JsonSchema.FromText(
        new JsonObject { ["$id"] = Registered, ["$defs"] = WithOwnReferences(Document["components"]!["schemas"]!) }.ToJsonString(), Building));

    public static IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. from path in Document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new ApiOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject()),
    ];

    /// <summary>The operation of a request; null: there is none.</summary>
    public static ApiOperation? Find(string method, string path) =>
        Operations.Where(operation => operation.Method == method && operation.Matches(path)).OrderBy(operation => operation.Path.Contains('{')).FirstOrDefault();

    /// <summary>What a reference stands for, or the node itself.</summary>
    public static JsonObject Resolve(JsonNode node) => node["$ref"] is { } reference
        ? Resolve(((string)reference!)[2..].Split('/').Aggregate((JsonNode)Document, (parent, name) => parent[name]!))
        : node.AsObject();

    /// <summary>What is wrong with a value; empty: nothing.</summary>
    public static IReadOnlyList<string> Check(JsonNode schema, JsonElement value)
    {
        var result = Build(schema).Evaluate(value, Evaluating);
        return result.IsValid ? [] :
        [
            .. from detail in result.Details ?? []
               from error in detail.Errors ?? new Dictionary<string, string>()
               where !detail.IsValid
               select $"{detail.InstanceLocation} {error.Key}: {error.Value}",
        ];
    }

    private static JsonSchema Build(JsonNode schema)
    {
        var text = schema.ToJsonString();
        lock (Gate)
        {
            _ = All.Value;
            return Built.TryGetValue(text, out var known) ? known : Built[text] = JsonSchema.FromText(WithOwnReferences(schema).ToJsonString(), Building);
        }
    }

    private static JsonNode WithOwnReferences(JsonNode schema) =>
        JsonNode.Parse(schema.ToJsonString().Replace($"\"{Schemas}", $"\"{Registered}#/$defs/", StringComparison.Ordinal))!;
}

/// <summary>An operation of the API's document.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Json">Everything else.</param>
internal sealed record ApiOperation(string Method, string Path, JsonObject Json)
{
    private readonly string[] segments = Path.Split('/');

    public string Id => (string)Json["operationId"]!;

    /// <summary>The token's role; null: neither key nor token is asked for.</summary>
    public string? Role => (string?)Json["x-role"];

    public string? Limit => (string?)Json["x-limit"];

    public IEnumerable<JsonObject> Parameters => (Json["parameters"]?.AsArray() ?? []).Select(each => ApiContract.Resolve(each!));

    /// <summary>The answers by status.</summary>
    public JsonObject Responses => Json["responses"]!.AsObject();

    public bool Matches(string path) => path.Split('/') is var given && given.Length == segments.Length
        && segments.Zip(given).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => $"{Method} {Path}";
}
