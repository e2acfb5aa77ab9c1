using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace BulkSms.Security;

/// <summary>Counts what each caller asks of this instance. It is kept in memory: every instance counts for itself, and a new one begins anew.</summary>
public sealed class CallerLimits : IDisposable
{
    private const int SegmentsPerMinute = 6;
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(1);
    private readonly PartitionedRateLimiter<string> requests;
    private readonly PartitionedRateLimiter<string> recipients;
    private readonly PartitionedRateLimiter<string> tests;
    private readonly int recipientsPerDay;

    public CallerLimits(IOptions<LimitOptions> options)
    {
        var limits = options.Value;
        recipientsPerDay = limits.RecipientsPerDay;
        requests = PerMinute(limits.RequestsPerMinute);
        tests = PerMinute(limits.TestsPerMinute);
        recipients = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetFixedWindowLimiter(caller, _ => new()
        {
            PermitLimit = limits.RecipientsPerDay,
            Window = TimeSpan.FromDays(1),
        }));
    }

    /// <summary>Counts one request; gives how long to wait when there were too many, else null.</summary>
    /// <param name="caller">Who makes it.</param>
    /// <param name="apart">What it is counted by itself for; null: it counts with all the caller's other requests.</param>
    public TimeSpan? TakeRequest(Caller caller, string? apart = null) => Take(requests, $"{caller.Id}\n{apart}", 1);

    /// <summary>Whether a broadcast of so many recipients can ever be accepted: waiting does not help one that is larger than a day's limit.</summary>
    public bool Allow(int count) => count <= recipientsPerDay;

    /// <summary>Counts the recipients of a broadcast that is about to be accepted; gives how long to wait when there were too many, else null.</summary>
    public TimeSpan? TakeRecipients(Caller caller, int count) => Take(recipients, caller.Id, count);

    /// <summary>Counts a test; gives how long to wait when there were too many, else null.</summary>
    public TimeSpan? TakeTest(Caller caller) => Take(tests, caller.Id, 1);

    public void Dispose()
    {
        requests.Dispose();
        recipients.Dispose();
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
