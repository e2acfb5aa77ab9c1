using System.Diagnostics.Metrics;
using BulkSms.Common;

namespace BulkSms.Telemetry;

/// <summary>What is counted and timed of broadcasts; tests are not.</summary>
public sealed class BroadcastMetrics
{
    private readonly Counter<long> accepted;
    private readonly Histogram<double> duration;

    public BroadcastMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(BulkSmsTelemetry.Name);
        accepted = meter.CreateCounter<long>("bulksms.broadcasts.accepted", "{broadcast}", "Broadcasts accepted");
        duration = meter.CreateHistogram<double>(
            "bulksms.broadcast.duration", "s", "From a broadcast's acceptance until all of its recipients had come to an end",
            advice: BulkSmsTelemetry.Buckets(1, 10, 60, 300, 900, 3600, 14_400, 86_400, 604_800));
    }

    public void Accepted(string broadcastId)
    {
        if (!BroadcastId.IsTest(broadcastId))
        {
            accepted.Add(1);
        }
    }

    public void Completed(string broadcastId, TimeSpan took)
    {
        if (!BroadcastId.IsTest(broadcastId))
        {
            duration.Record(took.TotalSeconds);
        }
    }
}
