namespace BulkSms.TwilioSimulator;

/// <summary>Seeded randomness behind a lock. The same seed and the same order of calls give the same faults.</summary>
internal sealed class Chance(int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);

    public bool Hits(double probability) => probability > 0 && Next() < probability;

    public TimeSpan UpTo(TimeSpan most) => most <= TimeSpan.Zero ? TimeSpan.Zero : most * Next();

    private double Next()
    {
        lock (_gate)
        {
#pragma warning disable CA5394 // Faults must be repeatable, not secret.
            return _random.NextDouble();
#pragma warning restore CA5394
        }
    }
}
