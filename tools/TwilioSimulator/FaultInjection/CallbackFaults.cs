namespace BulkSms.TwilioSimulator;

/// <summary>What goes wrong with status callbacks. Settable at any time; every default is "nothing".</summary>
public sealed class CallbackFaults
{
    /// <summary>Added to every callback's delay. Default zero.</summary>
    public TimeSpan ExtraDelay { get; set; }

    /// <summary>How many more times each callback is sent, with the same idempotency token. Default 0.</summary>
    public int Repeat { get; set; }

    /// <summary>Chance, 0 to 1, that a callback is kept back until after the message's final one, latest first. Default 0.</summary>
    public double ReorderProbability { get; set; }

    /// <summary>Chance, 0 to 1, that a callback is never sent. Default 0.</summary>
    public double LossProbability { get; set; }

    /// <summary>The first callback is sent, and answered, before the reply to the create call. Default false.</summary>
    public bool BeforeReply { get; set; }

    internal void Clear()
    {
        ExtraDelay = TimeSpan.Zero;
        Repeat = 0;
        ReorderProbability = LossProbability = 0;
        BeforeReply = false;
    }
}
