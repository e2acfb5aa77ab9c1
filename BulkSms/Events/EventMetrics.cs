using System.Diagnostics.Metrics;
using BulkSms.Telemetry;

namespace BulkSms.Events;

/// <summary>What is counted of deliveries, by their endpoint.</summary>
public sealed class EventMetrics
{
    private readonly Counter<long> deliveries;
    private readonly Counter<long> givenUp;
    private readonly Counter<long> switchedOff;

    public EventMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(BulkSmsTelemetry.Name);
        deliveries = meter.CreateCounter<long>("bulksms.events.calls", "{call}", "Calls to event endpoints, by endpoint and outcome: delivered or failed");
        givenUp = meter.CreateCounter<long>("bulksms.events.given_up", "{delivery}", "Deliveries of events that were given up, by endpoint");
        switchedOff = meter.CreateCounter<long>("bulksms.events.switched_off", "{endpoint}", "Event endpoints that answered 410 and were switched off");
    }

    public void Called(string endpoint, DeliveryOutcome outcome) => deliveries.Add(1, Tag(endpoint), new("outcome", outcome is DeliveryOutcome.Delivered ? "delivered" : "failed"));

    public void GivenUp(string endpoint) => givenUp.Add(1, Tag(endpoint));

    public void SwitchedOff(string endpoint) => switchedOff.Add(1, Tag(endpoint));

    private static KeyValuePair<string, object?> Tag(string endpoint) => new("endpoint", endpoint);
}
