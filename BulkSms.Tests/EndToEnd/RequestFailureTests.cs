using System.Net;
using System.Net.Sockets;
using System.Text;
using Azure.Core.Pipeline;
using BulkSms.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BulkSms.Tests.EndToEnd;

/// <summary>Requests that end otherwise than by an endpoint's answer: a bug, a caller that goes away.</summary>
public sealed class RequestFailureTests(MemoryFixture memory)
{
    private const string Canary = "CANARY-4711";

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Failure_InAnyEnvironment_IsAProblemWithoutTheRequest(string environment)
    {
        using var storage = new Storage();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false, configure: builder =>
        {
            builder.Environment.EnvironmentName = environment;
            Use(storage, builder);
        });
        storage.Behaviour = _ => throw new InvalidOperationException($"{Canary} +15551230001");

        using var response = await app.Http.GetAsync($"/api/v1/broadcasts?code={TestApp.Key}&cursor=0123456789abcdef0123456789ab");
        var answer = await response.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.InternalServerError, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("api/v1/broadcasts failed unexpectedly: InvalidOperationException", app.Logs.Text, StringComparison.Ordinal);
        Assert.All([Canary, "5551230001", TestApp.Key, "0123456789abcdef0123456789ab"], secret => Assert.DoesNotContain(secret, answer + app.Logs.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"\\ud800\": 1}")]
    [InlineData("{\"ids\": [\"\\ud800\"]}")]
    [InlineData("{\"broadcastId\": \"\\ud800\"}")]
    public async Task Replay_NamesAndTextsThatAreNotUnicode_Is400(string json)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);

        using var response = await app.PostJsonAsync(json, "/api/v1/poison/replay");

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("/api/v1/broadcasts", "application/json", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/api/v1/broadcasts", "text/csv", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/api/v1/poison/replay", "application/json", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/api/v1/optouts", "text/csv", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/api/webhooks/status", "application/x-www-form-urlencoded", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/api/webhooks/optout", "application/x-www-form-urlencoded", HttpStatusCode.RequestEntityTooLarge)]
    public async Task Body_AboveTheServersOwnLimit_GetsOurAnswer(string path, string type, HttpStatusCode status)
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[31_000_000]) };
        request.Content.Headers.ContentType = new(type);
        request.Headers.ExpectContinue = true;

        using var response = await app.Http.SendAsync(request);

        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Caller_WhoGoesDuringADownload_IsNoError()
    {
        using var storage = new Storage();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false, configure: builder => Use(storage, builder));
        var accepted = await app.BroadcastAsync("Hello", "+15551230001");
        var (asked, canceled) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        storage.Behaviour = async cancellation =>
        {
            asked.TrySetResult();
            await using var _ = cancellation.Register(canceled.SetResult);
            await canceled.Task;
            cancellation.ThrowIfCancellationRequested();
        };
        using var impatient = new CancellationTokenSource();

        var download = app.Http.GetAsync($"/api/v1/broadcasts/{accepted.BroadcastId}/results.csv", impatient.Token);
        await asked.Task;
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        await canceled.Task;

        await AssertNothingIsWrongAsync(app, storage);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nHel")]
    [InlineData("application/json", "{\"message\": ")]
    public async Task Caller_WhoGoesDuringAnUpload_IsNoError(string type, string begun)
    {
        using var storage = new Storage();
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false, configure: builder => Use(storage, builder));
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(app.Url.Host, app.Url.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /api/v1/broadcasts HTTP/1.1\r\nHost: {app.Url.Authority}\r\nx-functions-key: {TestApp.Key}\r\nContent-Type: {type}\r\nContent-Length: 5000\r\n\r\n{begun}"));
            client.LingerState = new(enable: true, seconds: 0); // a reset, as of a network that goes away
        }

        await AssertNothingIsWrongAsync(app, storage);
    }

    // The app answers others meanwhile; what was logged by then is all that is.
    private static async Task AssertNothingIsWrongAsync(TestApp app, Storage storage)
    {
        storage.Behaviour = null;
        using var response = await app.Http.GetAsync("/api/health/ready");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Level >= LogLevel.Warning);
    }

    private static void Use(Storage storage, WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<HttpPipelineTransport>(new HttpClientTransport(new HttpClient(storage, disposeHandler: false)));

    /// <summary>Storage that behaves as it is told to.</summary>
    private sealed class Storage() : DelegatingHandler(new SocketsHttpHandler())
    {
        public Func<CancellationToken, Task>? Behaviour { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Behaviour is { } behave)
            {
                await behave(cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
