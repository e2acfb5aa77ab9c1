using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace BulkSms.Client.Http;

/// <summary>From the call to the wire: repeats, a limit for each try, the caller's key and token, the transport.</summary>
internal static class HttpPipeline
{
    /// <summary>The answer is a status, not a failure: <c>GET /health/ready</c>.</summary>
    public static readonly HttpRequestOptionsKey<bool> AnyAnswer = new("BulkSms.AnyAnswer");

    /// <summary>The body is read bit by bit.</summary>
    public static readonly HttpRequestOptionsKey<bool> Streamed = new("BulkSms.Streamed");

    public static HttpClient Create(BulkSmsClientOptions options)
    {
        // A redirect would carry the function key to another host.
        var transport = options.Transport ?? new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        var caller = new CallerHandler(options) { InnerHandler = transport };
        var repeats = new ResilienceHandler(Pipeline(options)) { InnerHandler = caller };
        return new(repeats) { BaseAddress = AddressOf(options.Address), Timeout = Timeout.InfiniteTimeSpan };
    }

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(BulkSmsClientOptions options)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = options.Time };
        if (options.Retries > 0)
        {
            builder.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.LongestRetryDelay,
                ShouldRetryAfterHeader = true,
                ShouldHandle = attempt => new(IsWorthARepeat(attempt.Outcome, options.LongestRetryDelay)),
            });
        }

        return builder.AddTimeout(new TimeoutStrategyOptions { Timeout = options.Timeout }).Build();
    }

    private static bool IsWorthARepeat(Outcome<HttpResponseMessage> outcome, TimeSpan longest) => outcome switch
    {
        { Exception: { } error } => ProblemReader.IsOfTheWire(error),
        { Result: { } answer } => (int)answer.StatusCode is 408 or 429 or 500 or 502 or 503 or 504
            && !(answer.RequestMessage?.Options.TryGetValue(AnyAnswer, out _) ?? false)
            && (ProblemReader.RetryAfter(answer) ?? TimeSpan.Zero) <= longest,
        _ => false,
    };

    private static Uri AddressOf(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"{address} is no address of an app: it begins with https://.", nameof(address));
        }

        var path = address.AbsolutePath.TrimEnd('/');
        path = path.EndsWith("/api", StringComparison.OrdinalIgnoreCase) ? path[..^"/api".Length] : path;
        return new(address.GetLeftPart(UriPartial.Authority) + path + "/");
    }
}
