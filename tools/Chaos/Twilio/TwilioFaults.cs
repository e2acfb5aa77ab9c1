using BulkSms.TwilioSimulator;

namespace BulkSms.Chaos.Twilio;

/// <summary>Makes the simulator misbehave by chance.</summary>
public static class TwilioFaults
{
    /// <summary>Longer than the hosts wait for an answer.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(3);

    private const double HighestRate = 0.15;

    /// <summary>Draws this run's faults.</summary>
    public static void Draw(TwilioServer twilio, Random random, TimeSpan listLag, Variation variation)
    {
        var faults = twilio.Faults;
        faults.Latency = TimeSpan.FromMilliseconds(random.Next(60));
        foreach (var fault in new[]
        {
            Fault.ProcessThenDrop, Fault.DropBeforeProcessing, Fault.ProcessThen500, Fault.ProcessThen503WithoutCode, Fault.Error500, Fault.Error503WithoutCode,
            Fault.TruncatedReply, Fault.Refuse429, Fault.Refuse503, Fault.Hold(LongestHold), Fault.HoldBeforeProcessing(LongestHold),
        })
        {
            if (random.Next(2) == 0)
            {
                faults.FailRandomly(random.NextDouble() * HighestRate, fault);
            }
        }

        faults.RetryAfterSeconds = random.Next(5); // up to far beyond the deadline
        faults.ListLag = (listLag - LongestHold) * random.NextDouble() * 0.8; // a held call is taken late, and only then does the list begin to lag
        (faults.ListMissProbability, faults.ListMissFor) = (random.NextDouble(), listLag * 1.4); // past the first reading that counts, not past the second
        faults.TruncateSeconds = variation.WholeMinutes;
        faults.ClockSkew = TimeSpan.FromSeconds(random.Next(variation.WholeMinutes ? 0 : -30, 31));
        faults.RewriteText = variation.RewritesText ? text => $"{text} Reply STOP to opt out" : null;
        Draw(faults.Callbacks, random, variation);
    }

    /// <summary>No more faults for new calls; callbacks come again, and those that are late already come late. Its clock stays wrong: it must not run backwards.</summary>
    public static void Clear(TwilioServer twilio)
    {
        var (skew, truncates) = (twilio.Faults.ClockSkew, twilio.Faults.TruncateSeconds);
        twilio.Faults.Clear();
        (twilio.Faults.ClockSkew, twilio.Faults.TruncateSeconds) = (skew, truncates);
    }

    private static void Draw(CallbackFaults callbacks, Random random, Variation variation)
    {
        callbacks.LossProbability = random.Next(3) switch { 0 => 0, 1 => random.NextDouble(), _ => 1 };
        callbacks.ReorderProbability = random.NextDouble() * 0.5;
        callbacks.Repeat = random.Next(2);
        callbacks.BeforeReply = random.Next(3) == 0;
        callbacks.ExtraDelay = variation.LateCallbacks ? TimeSpan.FromSeconds(random.Next(1, 10)) : TimeSpan.Zero;
    }
}
