using System.Text;
using BulkSms.Http;
using BulkSms.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BulkSms.Tests.Http;

public sealed class RequestGuardTests
{
    private const string Secret = "CANARY-4711";
    private readonly LogRecorder logs = new();
    private readonly MemoryStream body = new();
    private readonly CancellationTokenSource left = new();
    private readonly Response response = new();
    private readonly DefaultHttpContext http;

    public RequestGuardTests()
    {
        http = new() { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(), RequestAborted = left.Token };
        http.Features.Set<IHttpResponseFeature>(response);
        http.Response.Body = body;
    }

    [Fact]
    public async Task Answer_OfAnEndpoint_IsWrittenAndKeptByNoCache()
    {
        await RunAsync(() => Task.FromResult(Results.Text("hello", statusCode: 202)));

        Assert.Equal((202, "hello"), (http.Response.StatusCode, Text));
        Assert.Equal(("no-store", "nosniff"), (http.Response.Headers.CacheControl.ToString(), http.Response.Headers.XContentTypeOptions.ToString()));
        Assert.Empty(logs.Lines);
    }

    [Fact]
    public async Task Failure_OfAnEndpoint_IsAProblemAndALogLineWithoutTheRequest()
    {
        await RunAsync(() => throw new InvalidOperationException(Secret, new FormatException(Secret)));

        Assert.Equal(500, http.Response.StatusCode);
        Assert.Contains("urn:bulksms:problem:internal-error", Text, StringComparison.Ordinal);
        Assert.Equal("no-store", http.Response.Headers.CacheControl);
        Assert.Equal(LogLevel.Error, Assert.Single(logs.Lines).Level);
        Assert.Contains("SomeEndpoint failed unexpectedly: InvalidOperationException: FormatException", logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, logs.Text + Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_OfAnAnswerBeforeItBegins_IsAProblem()
    {
        await RunAsync(() => Task.FromResult<IResult>(new Answer(() => throw new InvalidOperationException(Secret))));

        Assert.Equal(500, http.Response.StatusCode);
        Assert.Single(logs.Lines);
    }

    [Fact]
    public async Task Failure_OfAnAnswerThatHasBegun_CutsTheConnection()
    {
        var lifetime = new Lifetime();
        http.Features.Set<IHttpRequestLifetimeFeature>(lifetime);

        await RunAsync(() => Task.FromResult<IResult>(new Answer(() =>
        {
            response.Start();
            throw new InvalidOperationException(Secret);
        })));

        Assert.True(lifetime.IsAborted);
        Assert.Empty(Text);
        Assert.Single(logs.Lines);
    }

    public static TheoryData<string> Ways => ["endpoint canceled", "endpoint cut", "answer canceled", "answer cut", "storage seems away"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Caller_WhoHasGone_IsNoFailure(string way)
    {
        await RunAsync(async () =>
        {
            await left.CancelAsync();
            return way switch
            {
                "endpoint canceled" => throw new OperationCanceledException(Secret),
                "endpoint cut" => throw new IOException(Secret),
                "storage seems away" => Problems.StorageUnavailable(),
                _ => new Answer(() => throw (way == "answer cut" ? new IOException(Secret) : new TaskCanceledException(Secret))),
            };
        });

        Assert.Equal(StatusCodes.Status499ClientClosedRequest, http.Response.StatusCode);
        Assert.Empty(logs.Lines);
        Assert.Empty(Text);
    }

    [Fact]
    public async Task Failure_WhileTheCallerGoes_IsAFailure()
    {
        await RunAsync(async () =>
        {
            await left.CancelAsync();
            throw new InvalidOperationException(Secret);
        });

        Assert.Single(logs.Lines);
    }

    [Fact]
    public async Task Cancellation_WhileTheCallerWaits_IsAFailure()
    {
        await RunAsync(() => throw new OperationCanceledException(Secret));

        Assert.Equal(500, http.Response.StatusCode);
        Assert.Single(logs.Lines);
    }

    private string Text => Encoding.UTF8.GetString(body.ToArray());

    private async Task RunAsync(Func<Task<IResult>> endpoint)
    {
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(logs));
        await new RequestGuard(factory.CreateLogger<RequestGuard>()).AnswerAsync(http, () => "SomeEndpoint", endpoint);
    }

    private sealed class Answer(Action write) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            write();
            return Task.CompletedTask;
        }
    }

    private sealed class Response : HttpResponseFeature
    {
        private bool hasStarted;

        public override bool HasStarted => hasStarted;

        public void Start() => hasStarted = true;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }
}
