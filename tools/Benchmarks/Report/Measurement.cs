using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Server;

namespace BulkSms.Benchmarks.Report;

/// <summary>One line of a table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">What is counted: request, recipient, message.</param>
/// <param name="Count">How many.</param>
/// <param name="Elapsed">In what time.</param>
/// <param name="Latencies">Milliseconds of each request or message; empty: not measured.</param>
/// <param name="Used">What the server used for it; null: not measured.</param>
internal sealed record Measurement(string Name, string Unit, long Count, TimeSpan Elapsed, IReadOnlyList<float> Latencies, Usage? Used)
{
    /// <summary>Bytes that the peak of the working set grew by; null: the peak itself is shown.</summary>
    public long? Growth { get; init; }

    /// <summary>A load of requests.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="load">The requests.</param>
    /// <param name="used">What the server used.</param>
    /// <param name="perRequest">Units in a request.</param>
    public static Measurement Of(string name, string unit, LoadResult load, Usage used, int perRequest = 1) =>
        new(name, unit, (long)load.Count * perRequest, load.Elapsed, load.Latencies, used);

    public double PerSecond => Count / Elapsed.TotalSeconds;

    /// <summary>The latency that so much of them had at most.</summary>
    /// <param name="part">0.5 for the median.</param>
    public float? Percentile(double part)
    {
        if (Latencies.Count == 0)
        {
            return null;
        }

        var sorted = Latencies.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
    }
}
