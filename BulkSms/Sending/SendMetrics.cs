using System.Diagnostics.Metrics;
using BulkSms.Common;
using BulkSms.Profiles;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Telemetry;
using BulkSms.Twilio;

namespace BulkSms.Sending;

/// <summary>What is counted and timed of messages; those of tests are not. A country is ISO 3166-1 alpha-2, or a calling code where numbers tell no country; a code is Twilio's, 0 for none.</summary>
public sealed class SendMetrics
{
    private readonly Counter<long> messages;
    private readonly Counter<long> segments;
    private readonly Counter<long> unknownCodes;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> gateWait;

    public SendMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(BulkSmsTelemetry.Name);
        messages = meter.CreateCounter<long>("bulksms.messages", "{message}", "Calls to Twilio by outcome and profile, and messages by what became of them, by code and country");
        unknownCodes = meter.CreateCounter<long>("bulksms.codes.unknown", "{message}", "Messages refused or failed with a code that BulkSms does not know, by code");
        segments = meter.CreateCounter<long>("bulksms.segments", "{segment}", "Segments that Twilio accepted, by country and profile");
        duration = meter.CreateHistogram<double>("bulksms.send.duration", "s", "How long calls to Twilio took, by outcome and profile", advice: BulkSmsTelemetry.Buckets(0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 20, 35));
        gateWait = meter.CreateHistogram<double>("bulksms.gate.wait", "s", "How long messages waited for the circuit breaker and the rate limiter", advice: BulkSmsTelemetry.Buckets(0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 120));
    }

    /// <summary>A message has waited for the circuit breaker and the rate limiter.</summary>
    public void Waited(TimeSpan wait) => gateWait.Record(wait.TotalSeconds);

    /// <summary>Twilio was called.</summary>
    public void Called(SendJob job, SendOutcome outcome, TimeSpan took)
    {
        if (BroadcastId.IsTest(job.BroadcastId))
        {
            return;
        }

        var (name, code) = (NameOf(outcome), CodeOf(outcome));
        var profile = Tag("profile", job.Profile ?? Profile.DefaultName);
        duration.Record(took.TotalSeconds, Tag("outcome", name), profile);
        if (messages.Enabled)
        {
            var country = PhoneNumber.CountryOf(job.To);
            messages.Add(1, Tag("outcome", name), Tag("code", code), Tag("country", country), profile);
            segments.Add(outcome is SendOutcome.Accepted ? job.Segments : 0, Tag("country", country), profile);
        }
    }

    /// <summary>Twilio has told the end of a message.</summary>
    public void Ended(string broadcastId, string to, string status, int code)
    {
        if (messages.Enabled && !BroadcastId.IsTest(broadcastId))
        {
            messages.Add(1, Tag("outcome", status), Tag("code", code), Tag("country", PhoneNumber.CountryOf(to)));
        }
    }

    /// <summary>Twilio gave a code that the table does not have.</summary>
    public void UnknownCode(int code) => unknownCodes.Add(1, Tag("code", code));

    /// <summary>An outcome in a word: <c>accepted</c>, <c>retry</c>, <c>not_started</c>, <c>rejected</c>, <c>opted_out</c>, <c>suspend</c>, <c>unconfirmed</c>.</summary>
    public static string NameOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted => "accepted",
        SendOutcome.Retry => "retry",
        SendOutcome.NotStarted => "not_started",
        SendOutcome.Rejected => "rejected",
        SendOutcome.OptedOut => "opted_out",
        SendOutcome.Suspend => "suspend",
        _ => "unconfirmed",
    };

    /// <summary>Twilio's code in an outcome; 0 when there is none.</summary>
    public static int CodeOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Retry retry => retry.Code,
        SendOutcome.Rejected rejected => rejected.Code,
        SendOutcome.OptedOut optedOut => optedOut.Code,
        SendOutcome.Suspend suspend => suspend.Code,
        SendOutcome.Unconfirmed unconfirmed => unconfirmed.Code,
        _ => 0,
    };

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
