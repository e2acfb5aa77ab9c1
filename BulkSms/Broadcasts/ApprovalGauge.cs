using System.Diagnostics.Metrics;
using BulkSms.Telemetry;

namespace BulkSms.Broadcasts;

/// <summary>Shows how long a broadcast has waited for its approval. Only the instance that sweeps knows it, and only while it does.</summary>
public sealed class ApprovalGauge
{
    /// <summary>What is older than this is not shown: another instance sweeps by now.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(3);

    private readonly TimeProvider time;
    private volatile Measured? last;

    public ApprovalGauge(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        meters.Create(BulkSmsTelemetry.Name).CreateObservableGauge("bulksms.approvals.oldest_age", Show, "s", "Age of the broadcast that has waited longest for its approval, 0 when none does");
    }

    /// <summary>Takes what a whole sweep has found.</summary>
    /// <param name="oldest">When the broadcast was made that has waited longest; null: none waits.</param>
    public void Set(DateTimeOffset? oldest) => last = new(oldest, time.GetUtcNow());

    private IEnumerable<Measurement<double>> Show() => last is { } measured && time.GetUtcNow() is var now && now - measured.At < Fresh
        ? [new Measurement<double>(measured.Oldest is { } oldest ? (now - oldest).TotalSeconds : 0)]
        : [];

    private sealed record Measured(DateTimeOffset? Oldest, DateTimeOffset At);
}
