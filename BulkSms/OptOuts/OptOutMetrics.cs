using System.Diagnostics.Metrics;
using BulkSms.Telemetry;

namespace BulkSms.OptOuts;

/// <summary>What is counted of opt-outs.</summary>
public sealed class OptOutMetrics
{
    /// <summary>A text of Twilio's list that is younger may still come by the webhook.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    private readonly Counter<long> late;
    private readonly TimeProvider time;

    public OptOutMetrics(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        late = meters.Create(BulkSmsTelemetry.Name)
            .CreateCounter<long>("bulksms.optouts.late", "{text}", "Texts that opt out which the inbound webhook did not bring within two minutes: they were read from Twilio's list");
    }

    /// <summary>A text has put a phone on the list.</summary>
    public void Heard(HeardText text)
    {
        if (text.IsTwiliosTime && time.GetUtcNow() - text.At > Soon)
        {
            late.Add(1);
        }
    }
}
