using System.Net;
using System.Net.Http.Json;
using BulkSms.Api;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>What every route has in common: HEAD, OPTIONS, methods and parameters that it does not take, the id of a request, and answers that have not changed.</summary>
public sealed class RouteTests(MemoryFixture memory)
{
    private const string Ada = "+15551230001";
    private const string Id = "0123456789abcdef0123456789ab";

    [Fact]
    public async Task EveryPath_OptionsAndOtherMethods_TellWhatIsTaken()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var stranger = ContractHandler.NewClient(app.Url);

        foreach (var path in ApiContract.Operations.GroupBy(each => each.Path))
        {
            var methods = path.SelectMany(each => each.Method == "GET" ? ["GET", "HEAD"] : new[] { each.Method }).Append("OPTIONS").Order(StringComparer.Ordinal).ToArray();
            var address = path.Key.Replace("{id}", Id, StringComparison.Ordinal);

            using var options = await stranger.SendAsync(new(HttpMethod.Options, address));
            using var patch = await stranger.SendAsync(new(HttpMethod.Patch, address));

            Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.MethodNotAllowed), (options.StatusCode, patch.StatusCode));
            Assert.Equal(methods, options.Content.Headers.Allow.Order(StringComparer.Ordinal));
            Assert.Equal(methods, patch.Content.Headers.Allow.Order(StringComparer.Ordinal));
            Assert.Equal("urn:bulksms:problem:method-not-allowed", (await ProblemAsync(patch)).Type);
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/nowhere")]
    [InlineData("POST", "/api/v1/broadcasts/a/b/c")]
    [InlineData("GET", "/api/v2/broadcasts")]
    [InlineData("DELETE", "/api")]
    [InlineData("OPTIONS", "/api/")]
    [InlineData("GET", "/nowhere")]
    [InlineData("GET", "/nowhere.txt")]
    public async Task UnknownRoute_IsAProblemDocument(string method, string path)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var stranger = ContractHandler.NewClient(app.Url);

        using var response = await stranger.SendAsync(new(HttpMethod.Parse(method), path));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var problem = await ProblemAsync(response);
        Assert.Equal(("urn:bulksms:problem:not-found", "There is no such route."), (problem.Type, problem.Title));
    }

    /// <summary>Routes with an id that is no broadcast's.</summary>
    private static readonly string[] ThingsOfTheirOwn = ["/api/v1/people/jobs/{id}", "/api/v1/event-endpoints/{id}"];

    [Fact]
    public async Task EveryGet_Head_HasItsHeadersAndNoBody()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        var id = (await app.BroadcastAsync("Hello", Ada)).BroadcastId;

        foreach (var operation in ApiContract.Operations.Where(each => each.Method == "GET"))
        {
            var address = operation.Path.Replace("{id}", id, StringComparison.Ordinal);
            using var got = await app.Http.GetAsync(address);
            using var head = await app.Http.SendAsync(new(HttpMethod.Head, address));

            var expected = ThingsOfTheirOwn.Any(start => operation.Path.StartsWith(start, StringComparison.Ordinal)) ? HttpStatusCode.NotFound : HttpStatusCode.OK;
            Assert.Equal((address, expected, expected), (address, got.StatusCode, head.StatusCode));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
            Assert.Equal(got.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Equal(got.Content.Headers.ContentDisposition, head.Content.Headers.ContentDisposition);
        }
    }

    // Without a key HEAD tells no more than GET.
    [Fact]
    public async Task EveryGet_HeadWithoutAKey_IsRefused()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var stranger = ContractHandler.NewClient(app.Url);

        foreach (var operation in ApiContract.Operations.Where(each => each is { Method: "GET", Role: not null }))
        {
            using var head = await stranger.SendAsync(new(HttpMethod.Head, operation.Path.Replace("{id}", Id, StringComparison.Ordinal)));
            Assert.Equal((operation.Path, HttpStatusCode.Unauthorized), (operation.Path, head.StatusCode));
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/broadcasts?stats=sending", "stats")]
    [InlineData("GET", "/api/v1/poison?broadcast=0123456789abcdef0123456789ab", "broadcast")]
    [InlineData("POST", "/api/v1/sending/resume?reconcileSinc=2030-01-07T08:00:00Z", "reconcileSinc")]
    [InlineData("POST", "/api/v1/sending/suspend?for=1h", "for")]
    [InlineData("DELETE", "/api/v1/broadcasts/0123456789abcdef0123456789ab?recipient=1", "recipient")]
    public async Task Parameter_ThatIsNotTaken_Is400NamingIt(string method, string path, string name)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var refused = await app.Http.SendAsync(new(HttpMethod.Parse(method), path));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal([name], (await ProblemAsync(refused)).Errors!.Keys);
        Assert.Equal("running", (await app.Http.GetFromJsonAsync("/api/v1/sending", ApiJson.Default.SendingView))!.Status);
    }

    [Fact]
    public async Task Requests_EachHasAnIdOfItsOwn_AlsoInItsProblem()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var one = await app.Http.GetAsync("/api/v1/sending");
        using var two = await app.Http.GetAsync($"/api/v1/broadcasts/{Id}");

        Assert.NotEqual(IdOf(one), IdOf(two));
        Assert.Equal(IdOf(two), (await ProblemAsync(two)).RequestId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/recipients")]
    public async Task Broadcast_ThatHasNotChanged_Is304(string part)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var id = (await app.BroadcastAsync("Hello", Ada)).BroadcastId;
        await app.CompletedAsync(id);
        var address = $"/api/v1/broadcasts/{id}{part}";

        using var first = await Eventually.GetAsync(() => app.Http.GetAsync(address), answer => answer.Headers.RetryAfter is null);
        using var same = await app.Http.SendAsync(new(HttpMethod.Get, address) { Headers = { IfNoneMatch = { first.Headers.ETag! } } });
        using var other = await app.Http.SendAsync(new(HttpMethod.Get, address) { Headers = { IfNoneMatch = { new("\"other\"") } } });

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (same.StatusCode, other.StatusCode));
        Assert.Empty(await same.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Headers.ETag, same.Headers.ETag);
    }

    [Fact]
    public async Task Broadcast_ThatIsNotFinal_SaysWhenToAskAgain()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        var now = await app.BroadcastAsync("Hello", Ada);
        var later = await app.BroadcastJsonAsync($$"""{"message": "Hello", "recipients": ["{{Ada}}"], "sendAt": "{{TimeProvider.System.GetUtcNow().AddMinutes(10):O}}"}""");

        using var scheduled = await app.Http.GetAsync(later.StatusUrl);
        await app.CompletedAsync(now.BroadcastId);
        using var final = await app.Http.GetAsync(now.StatusUrl);

        Assert.InRange(scheduled.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
        Assert.Null(final.Headers.RetryAfter);
    }

    private static string IdOf(HttpResponseMessage response) => response.Headers.GetValues("x-request-id").Single();

    private static async Task<ProblemDocument> ProblemAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync(ProblemDocument.Json))!;
}
