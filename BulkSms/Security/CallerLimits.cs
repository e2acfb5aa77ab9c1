using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace BulkSms.Security;

/// <summary>
/// Counts the requests of each caller to this instance. It is kept in memory: every instance counts for itself, and a new one begins anew. They protect an instance from a flood; a call to storage for each request would cost
/// more than the flood. What callers send is counted over all instances: <see cref="Usage.UsageCounters"/>.
/// </summary>
public sealed class CallerLimits : IDisposable
{
    private const int SegmentsPerMinute = 6;
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(1);
    private readonly PartitionedRateLimiter<string> requests;
    private readonly PartitionedRateLimiter<string> tests;

    public CallerLimits(IOptions<LimitOptions> options)
    {
        var limits = options.Value;
        requests = PerMinute(limits.RequestsPerMinute);
        tests = PerMinute(limits.TestsPerMinute);
    }

    /// <summary>Counts one request; gives how long to wait when there were too many, else null.</summary>
    /// <param name="caller">Who makes it.</param>
    /// <param name="apart">What it is counted by itself for; null: it counts with all the caller's other requests.</param>
    public TimeSpan? TakeRequest(Caller caller, string? apart = null) => Take(requests, $"{caller.Id}\n{apart}", 1);

    /// <summary>Counts a test; gives how long to wait when there were too many, else null.</summary>
    public TimeSpan? TakeTest(Caller caller) => Take(tests, caller.Id, 1);

    public void Dispose()
    {
        requests.Dispose();
        tests.Dispose();
    }

    private static PartitionedRateLimiter<string> PerMinute(int permits) =>
        PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetSlidingWindowLimiter(caller, _ => new()
        {
            PermitLimit = permits,
            Window = Default,
            SegmentsPerWindow = SegmentsPerMinute,
        }));

    private static TimeSpan? Take(PartitionedRateLimiter<string> limiter, string partition, int permits)
    {
        try
        {
            using var lease = limiter.AttemptAcquire(partition, permits);
            return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Default;
        }
        catch (ArgumentOutOfRangeException)
        {
            return Default; // more at once than there ever are
        }
    }
}
