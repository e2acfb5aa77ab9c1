using BulkSms.Security.Usage;
using BulkSms.Sending.Pool;

namespace BulkSms.Retention;

/// <summary>Deletes counts that are over: what instances that are gone could send, and what callers used in days and months that have ended.</summary>
public sealed class TrimCounts(ShareTable shares, UsageTable usage)
{
    /// <summary>Far longer than an instance can be frozen and return in.</summary>
    private static readonly TimeSpan SharesKeptFor = TimeSpan.FromHours(1);

    /// <summary>Far more than clocks differ by: an instance whose clock is late must not begin a window anew.</summary>
    private static readonly TimeSpan UsageKeptFor = TimeSpan.FromDays(2);

    /// <summary>Deletes them.</summary>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await shares.DeleteBeforeAsync(now - SharesKeptFor, cancellation);
        await usage.DeleteEndedAsync(now - UsageKeptFor, cancellation);
    }
}
