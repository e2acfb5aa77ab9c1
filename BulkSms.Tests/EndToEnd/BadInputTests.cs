using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BulkSms.Api;
using BulkSms.Storage;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Whatever comes: the right status, a problem document, nothing stored, nothing enqueued.</summary>
public sealed class BadInputTests(MemoryFixture memory)
{
    private static readonly string[] Malformed =
    [
        "", "not json", """{"message": "Hello", "recipients": ["+15551230001"]""", """{"message": "a", "message": "b", "recipients": ["+15551230001"]}""",
        new string('[', 10_000) + new string(']', 10_000), "{\"message\": \"\u0001\", \"recipients\": []}",
    ];

    private const string Good = """{"message": "Hello", "recipients": ["+15551230001"]}""";

    [Fact]
    public async Task Post_SeveralFaults_NamesAllAtOnce()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        var problem = await RefusedAsync(
            app, await app.PostJsonAsync("""{"message": "", "recipients": ["x", "+15551230001", 7], "extra": 1}"""), HttpStatusCode.BadRequest);

        Assert.Equal(["$.extra", "$.message", "$.recipients[0]", "$.recipients[2]"], problem.Errors!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(4, problem.ErrorCount);
    }

    [Fact]
    public async Task Post_NotJson_Is400()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        foreach (var body in Malformed)
        {
            var problem = await RefusedAsync(app, await app.PostJsonAsync(body), HttpStatusCode.BadRequest);

            Assert.Equal("urn:bulksms:problem:malformed-json", problem.Type);
        }
    }

    [Fact]
    public async Task Post_NotUtf8_Is400()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var content = new ByteArrayContent([.. "{\"message\": \""u8, 0xff, 0xfe, .. "\", \"recipients\": [\"+15551230001\"]}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        await RefusedAsync(app, await app.Http.PostAsync("/api/v1/broadcasts", content), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Post_WrongContentType_Is415()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "application/json-patch+json", null })
        {
            using var content = new StringContent(Good);
            content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);

            await RefusedAsync(app, await app.Http.PostAsync("/api/v1/broadcasts", content), HttpStatusCode.UnsupportedMediaType);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_TenMegabytes_Is413WhetherOrNotItSaysItsLength(bool saysLength)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/broadcasts")
        {
            Content = new StringContent($$"""{"message": "{{new string('a', 10_000_000)}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = !saysLength;
        request.Headers.ExpectContinue = true; // the body is not sent to one who refuses it unread

        await RefusedAsync(app, await app.Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("wrong", null)]
    [InlineData("", null)]
    [InlineData(null, "wrong")]
    [InlineData("wrong", TestApp.Key)]
    public async Task Post_WithoutTheKey_Is401(string? header, string? code)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var stranger = ContractHandler.NewClient(app.Url);
        if (header is not null)
        {
            stranger.DefaultRequestHeaders.TryAddWithoutValidation("x-functions-key", header);
        }

        using var content = new StringContent(Good, Encoding.UTF8, "application/json");
        await RefusedAsync(app, await stranger.PostAsync($"/api/v1/broadcasts{(code is null ? "" : "?code=" + code)}", content), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Post_KeyInTheQuery_IsAccepted()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var caller = ContractHandler.NewClient(app.Url);
        using var content = new StringContent(Good, Encoding.UTF8, "application/json");

        using var response = await caller.PostAsync($"/api/v1/broadcasts?code={TestApp.Key}", content);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private static async Task<ProblemDocument> RefusedAsync(TestApp app, HttpResponseMessage response, HttpStatusCode status)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            var problem = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), ProblemDocument.Json)!;
            Assert.Equal((int)status, problem.Status);
            Assert.Empty((await app.Http.GetFromJsonAsync("/api/v1/broadcasts", ApiJson.Default.BroadcastPage))!.Broadcasts);
            Assert.Empty(app.Table(TableNames.Recipients).Query<Azure.Data.Tables.TableEntity>());
            Assert.Equal(0, (await app.Queue(QueueNames.Outbound).GetPropertiesAsync()).Value.ApproximateMessagesCount);
            return problem;
        }
    }
}
