using System.Globalization;
using BulkSms.LocalHost;
using BulkSms.LocalHost.Pump;
using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos.Hosts;

/// <summary>
/// The settings of a host under test: every waiting time scaled down, in the same order as in production (lease above deadline and time-out together,
/// list lag above the lease).
/// </summary>
public static class ScaledSettings
{
    public static readonly TimeSpan SendDeadline = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan ListLag = TimeSpan.FromSeconds(5);

    /// <summary>How long a frozen process must stay frozen to outlive its claims.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    /// <summary>How long a host may not know of a new event endpoint.</summary>
    public static readonly TimeSpan EndpointsKnownFor = TimeSpan.FromSeconds(1);

    /// <summary>Hosts live for seconds here: one that comes back must have its share before it dies again. A lease still outlives a slow call.</summary>
    private const double ShareTimes = 0.4;

    private static readonly TimeSpan RetryMaxDelay = TimeSpan.FromSeconds(2);

    /// <summary>While Twilio is away a message is tried again seldom, for others have their turn as probes: were such a call an attempt, it must be seen at the first.</summary>
    private const string OneAttempt = "1";

    /// <summary>Longer than a message waits for several attempts.</summary>
    public static TimeSpan AllBackoff => RetryMaxDelay * 4;

    public static Dictionary<string, string> For(string storage, TwilioServer twilio, int port, Variation variation, double segmentsPerSecond) => new(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = storage,
        ["Twilio:BaseUrl"] = twilio.BaseUrl.ToString(),
        ["Twilio:MessagingBaseUrl"] = twilio.BaseUrl.ToString(),
        ["Twilio:AccountsBaseUrl"] = twilio.BaseUrl.ToString(),
        ["Twilio:MonitorBaseUrl"] = twilio.BaseUrl.ToString(),
        ["Twilio:AccountSid"] = twilio.Options.AccountSid,
        ["Twilio:AuthToken"] = twilio.Options.AuthToken,
        ["Twilio:MessagingServiceSid"] = twilio.Options.MessagingServiceSid,
        [LocalHostApp.KeySetting] = HostProcess.Key,
        ["Webhooks:PublicBaseUrl"] = $"http://127.0.0.1:{port}",
        [ServeRun.EndsWithInputSetting] = "true",
        ["Sending:SegmentsPerSecond"] = segmentsPerSecond.ToString(CultureInfo.InvariantCulture),
        [LocalHostApp.ShareTimesSetting] = ShareTimes.ToString(CultureInfo.InvariantCulture),
        ["Sending:RateRecovery"] = "00:00:05",
        ["Sending:SendDeadline"] = SendDeadline.ToString(),
        ["Sending:CallTimeout"] = "00:00:02",
        ["Sending:ClaimLease"] = Lease.ToString(),
        ["Sending:RecordPatience"] = "00:00:05",
        ["Sending:RetryBaseDelay"] = "00:00:00.200",
        ["Sending:RetryMaxDelay"] = RetryMaxDelay.ToString(),
        ["Sending:MaxAttempts"] = variation.HasOutage ? OneAttempt : "50",
        ["Sending:CircuitBreak"] = "00:00:02",
        ["Sending:ListLag"] = ListLag.ToString(),
        ["Sending:SecondReadingAfter"] = "00:00:08", // the first may lie
        ["Broadcasts:InlineRecipientLimit"] = variation.FansOutInline ? "1000" : "1",
        ["Broadcasts:EnqueueConcurrency"] = "8", // Azurite is one thread
        ["Broadcasts:RowRecipientLimit"] = variation.KeepsRecipientsInRow ? "1500" : "1",
        ["Broadcasts:RequeueAfter"] = "00:00:08",
        ["Broadcasts:UnfinishedAfter"] = "00:00:02",
        ["Broadcasts:ReplayKeepsOpen"] = "00:00:04",
        ["Broadcasts:CommitProbe"] = "00:00:02",
        ["Events:SecretsKey"] = Convert.ToBase64String(new byte[32]),
        ["Events:AllowPrivateAddresses"] = "true",
        ["Events:KnownFor"] = EndpointsKnownFor.ToString(),
        ["Events:GatherFor"] = "00:00:00.300",
        ["Events:CallTimeout"] = "00:00:01",
        ["Events:CallsPerEndpoint"] = "16",
        ["Events:RetryBaseDelay"] = "00:00:00.200",
        ["Events:RetryMaxDelay"] = RetryMaxDelay.ToString(),
        ["Events:RequeueAfter"] = "00:00:08",
        ["OptOuts:HashKeys"] = $"1={Convert.ToBase64String(new byte[32])}",
        ["Broadcasts:UncommittedAfter"] = "00:00:30",
        ["Broadcasts:HiddenWithText"] = "00:00:01",
        ["Retention:EraseAfter"] = "00:00:06",
        ["OptOuts:ReadInboundEvery"] = "00:00:02",
        [SweeperService.PeriodSetting] = "00:00:01",
        [$"{HostQueueSettings.Section}:{nameof(HostQueueSettings.Invisibility)}"] = variation.KillsOverOneMessage ? "00:00:03" : "00:00:06",
        [$"{HostQueueSettings.Section}:{nameof(HostQueueSettings.BatchSize)}"] = "8", // what waits at the gate is renewed every few seconds, each message by a call
        [$"{HostQueueSettings.Section}:{nameof(HostQueueSettings.NewBatchThreshold)}"] = "8",
        [$"{HostQueueSettings.Section}:{nameof(HostQueueSettings.MaxDequeueCount)}"] = "3",
        [$"{HostQueueSettings.Section}:{nameof(HostQueueSettings.VisibilityTimeout)}"] = "00:00:01",
        [$"{HostQueueSettings.Section}:{nameof(HostQueueSettings.MaxPollingInterval)}"] = "00:00:00.300",
        ["Logging:LogLevel:Default"] = "None",
        [LocalHostApp.TelemetrySetting] = "false",
    };
}
