namespace BulkSms.Common;

/// <summary>Exponential back-off with full jitter: chance spreads out those that failed together.</summary>
public static class Backoff
{
    /// <summary>A wait, evenly drawn from 0 to min(cap, base × 2^(attempt − 1)).</summary>
    /// <param name="attempt">Calls made so far, from 1.</param>
    /// <param name="baseDelay">Longest wait after the first call.</param>
    /// <param name="cap">Longest wait after any.</param>
    /// <param name="random">The source of chance.</param>
    public static TimeSpan For(int attempt, TimeSpan baseDelay, TimeSpan cap, Random random)
    {
        var longest = Math.Min(cap.TotalMilliseconds, baseDelay.TotalMilliseconds * Math.Pow(2, Math.Clamp(attempt, 1, 40) - 1));
        return TimeSpan.FromMilliseconds(longest * random.NextDouble());
    }
}
