namespace BulkSms.TwilioSimulator;

/// <summary><see cref="CallbackFaults"/> in JSON.</summary>
internal sealed record CallbackFaultSettings
{
    public double ExtraDelayMs { get; set; }

    public int Repeat { get; set; }

    public double ReorderProbability { get; set; }

    public double LossProbability { get; set; }

    public bool BeforeReply { get; set; }

    public void Apply(CallbackFaults faults)
    {
        faults.ExtraDelay = TimeSpan.FromMilliseconds(ExtraDelayMs);
        faults.Repeat = Repeat;
        faults.ReorderProbability = ReorderProbability;
        faults.LossProbability = LossProbability;
        faults.BeforeReply = BeforeReply;
    }
}
