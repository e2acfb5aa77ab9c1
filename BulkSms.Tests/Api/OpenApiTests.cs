using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using BulkSms.Api;
using BulkSms.Broadcasts;
using BulkSms.Estimates;
using BulkSms.Http;
using BulkSms.LocalHost;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Security;
using BulkSms.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;

namespace BulkSms.Tests.Api;

/// <summary>The API's document says what the code does. Each answer of the tests of the running app is held to it, too: <see cref="ContractHandler"/>.</summary>
public sealed partial class OpenApiTests(MemoryFixture memory)
{
    private const string Address = "/api/openapi.json";

    /// <summary>The console's pages are no part of it.</summary>
    private static IEnumerable<ApiEndpoint> OfTheApi => ApiEndpoints.All.Where(each => each.Route != Routes.Console);

    [Fact]
    public void Operations_AreTheTableOfEndpoints() => Assert.Equal(
        OfTheApi.Select(each => $"{each.Name}: {each.Method} /api/{each.Route}").Order(StringComparer.Ordinal),
        ApiContract.Operations.Select(each => $"{each.Id}: {each}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task Operations_AreWhatLocalHostMaps()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var mapped = app.Service<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) && !endpoint.RoutePattern.RawText.Contains("/console/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"));
        var documented = ApiContract.Operations.SelectMany(each => each.Method == "GET" ? [each.ToString(), $"HEAD {each.Path}"] : new[] { each.ToString() });

        Assert.Equal(documented.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void RolesAndLimits_AreTheTables() => Assert.Equal(
        OfTheApi.Select(each => (each.Name, each.Role, each.Role is null ? null : each.HasLimitOfItsOwn ? "own" : "shared")).Order(),
        ApiContract.Operations.Select(each => (each.Id, each.Role, each.Limit)).Order());

    [Fact]
    public void Security_IsAskedForWhereARoleIs() => Assert.All(ApiContract.Operations, each => Assert.Equal(each.Role is null, each.Json["security"]?.AsArray().Count == 0));

    [Fact]
    public void Parameters_OfAddresses_AreThoseThatAreTaken() => Assert.All(ApiEndpoints.All.Where(each => each.Query is not null), endpoint => Assert.Equal(
        endpoint.Query!.Order(StringComparer.Ordinal),
        OperationOf(endpoint.Name).Parameters.Where(each => (string)each["in"]! == "query").Select(each => (string)each["name"]!).Order(StringComparer.Ordinal)));

    [Fact]
    public void Words_AreThoseOfTheCode()
    {
        Assert.Equal(RecipientStatus.All, WordsOf("RecipientStatus"));
        Assert.Equal(BroadcastStatus.All, WordsOf("BroadcastStatus"));
        Assert.Equal(DelayCause.All, Words(ApiContract.Document["components"]!["schemas"]!["Delay"]!["properties"]!["cause"]!));
        Assert.Equal(Constants(typeof(DelayCause)), DelayCause.All.Order(StringComparer.Ordinal));
        Assert.Equal(Constants(typeof(ProviderStatus)), WordsOf("ProviderStatus").Order(StringComparer.Ordinal));
        Assert.Equal(Constants(typeof(HeldFor)), WordsOf("HeldFor").Order(StringComparer.Ordinal));
        Assert.Equal(Constants(typeof(OptOutSource)), Words(ApiContract.Document["components"]!["schemas"]!["OptOut"]!["properties"]!["source"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Problems_AreThoseOfTheSources()
    {
        var made = new[] { "BulkSms", Join("tools", "LocalHost") }.SelectMany(folder => Directory.EnumerateFiles(Join(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => ProblemType().Matches(File.ReadAllText(file))).Select(match => match.Groups["type"].Value);
        var documented = DocumentedProblem().Matches(ApiContract.Document.ToJsonString()).Select(match => match.Groups["type"].Value);

        Assert.Equal(made.Distinct().Order(StringComparer.Ordinal), documented.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Examples_AreAsTheirSchemasSay() => Assert.Empty(
        from operation in ApiContract.Operations
        from content in operation.Responses.Select(each => ApiContract.Resolve(each.Value!)).Append(operation.Json["requestBody"] is { } body ? ApiContract.Resolve(body) : [])
        from media in content["content"]?.AsObject() ?? []
        from example in media.Value!["examples"]?.AsObject() ?? []
        from fault in ApiContract.Check(media.Value["schema"]!, JsonSerializer.SerializeToElement(example.Value!["value"]))
        select $"{operation} {example.Key}: {fault}");

    [Fact]
    public async Task Get_WithoutAKey_IsTheDocument()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var stranger = ContractHandler.NewClient(app.Url);

        using var got = await stranger.GetAsync(Address);
        using var head = await stranger.SendAsync(new(HttpMethod.Head, Address));
        using var again = await stranger.SendAsync(With(got.Headers.ETag!));
        using var other = await stranger.SendAsync(With(new("\"other\"")));

        Assert.Equal(OpenApiDocument.Bytes.ToArray(), await got.Content.ReadAsByteArrayAsync());
        Assert.Equal((HttpStatusCode.OK, got.Headers.ETag, 0), (head.StatusCode, head.Headers.ETag, (await head.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (again.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task Reference_WithoutNetwork_IsAPageOfThisHost()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var stranger = ContractHandler.NewClient(app.Url);

        var page = await stranger.GetStringAsync("/scalar");
        using var answer = await stranger.GetAsync("/scalar");
        using var script = await stranger.GetAsync("/scalar/scalar.js");

        Assert.Contains("api/openapi.json", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.True(script.IsSuccessStatusCode);
        Assert.Contains("connect-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private static HttpRequestMessage With(EntityTagHeaderValue tag) => new(HttpMethod.Get, Address) { Headers = { IfNoneMatch = { tag } } };

    private static ApiOperation OperationOf(string name) => ApiContract.Operations.Single(each => each.Id == name);

    private static IEnumerable<string> WordsOf(string schema) => Words(ApiContract.Document["components"]!["schemas"]![schema]!);

    private static IEnumerable<string> Words(System.Text.Json.Nodes.JsonNode schema) => schema["enum"]!.AsArray().Select(word => (string?)word).OfType<string>();

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal);

    private static string Join(params string[] parts) => Path.Combine(parts);

    [GeneratedRegex("""\bOf\(\s*"(?<type>[a-z-]+)",\s*\$?"[A-Z]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProblemType();

    [GeneratedRegex("urn:bulksms:problem:(?<type>[a-z-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DocumentedProblem();
}
