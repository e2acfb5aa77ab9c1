namespace BulkSms.TwilioSimulator;

/// <summary>
/// All faults as one JSON document: what it leaves out is off. Times are milliseconds. Settable, not init: generated
/// deserializers write null over the defaults of init properties.
/// </summary>
internal sealed record FaultSettings
{
    /// <summary>What every call meets, lists and fetches too.</summary>
    public PlannedFault? Outage { get; set; }

    public double LatencyMs { get; set; }

    public double LatencyJitterMs { get; set; }

    public int RateLimit { get; set; }

    public int MaxConcurrency { get; set; }

    public int RetryAfterSeconds { get; set; }

    public IReadOnlyList<string>? CallbackStatuses { get; set; }

    public double? CallbackDelayMs { get; set; }

    public CallbackFaultSettings Callbacks { get; set; } = new();

    public double ListLagMs { get; set; }

    public double ListMissProbability { get; set; }

    public double ListMissMs { get; set; }

    public double ClockSkewMs { get; set; }

    public bool TruncateSeconds { get; set; }

    /// <summary>The text that lists and fetches show; {body} stands for the original.</summary>
    public string? RewriteText { get; set; }

    public IReadOnlyList<PlannedFault> FailNext { get; set; } = [];

    public IReadOnlyList<PlannedFault> FailFor { get; set; } = [];

    public IReadOnlyList<PlannedFault> FailRandomly { get; set; } = [];

    public IReadOnlyList<PlannedFault> FailNextReads { get; set; } = [];

    public void Apply(Faults faults)
    {
        // An unknown name must not leave half a document applied.
        var outage = Outage?.ToFault();
        _ = FailNext.Concat(FailFor).Concat(FailRandomly).Concat(FailNextReads).Select(planned => planned.ToFault()).ToList();
        faults.Clear();
        faults.Outage = outage;
        faults.Latency = TimeSpan.FromMilliseconds(LatencyMs);
        faults.LatencyJitter = TimeSpan.FromMilliseconds(LatencyJitterMs);
        (faults.RateLimit, faults.MaxConcurrency, faults.RetryAfterSeconds) = (RateLimit, MaxConcurrency, RetryAfterSeconds);
        faults.CallbackStatuses = CallbackStatuses ?? faults.CallbackStatuses;
        faults.CallbackDelay = CallbackDelayMs is { } delay ? TimeSpan.FromMilliseconds(delay) : faults.CallbackDelay;
        faults.ListLag = TimeSpan.FromMilliseconds(ListLagMs);
        faults.ListMissProbability = ListMissProbability;
        faults.ListMissFor = TimeSpan.FromMilliseconds(ListMissMs);
        faults.ClockSkew = TimeSpan.FromMilliseconds(ClockSkewMs);
        faults.TruncateSeconds = TruncateSeconds;
        faults.RewriteText = RewriteText is { } text ? body => text.Replace("{body}", body, StringComparison.Ordinal) : null;
        Callbacks.Apply(faults.Callbacks);
        Plan(faults);
    }

    private void Plan(Faults faults)
    {
        foreach (var next in FailNext)
        {
            faults.FailNext(next.Count, next.ToFault());
        }

        foreach (var one in FailFor)
        {
            faults.FailFor(one.To ?? "", one.Count, one.ToFault());
        }

        foreach (var random in FailRandomly)
        {
            faults.FailRandomly(random.Probability, random.ToFault());
        }

        foreach (var read in FailNextReads)
        {
            faults.FailNextReads(read.Count, read.ToFault());
        }
    }
}
