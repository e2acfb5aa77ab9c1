namespace BulkSms.Chaos;

/// <summary>Hands out chance: one sequence for each who asks, in the order of asking, all from one seed.</summary>
public sealed class Chances(int seed)
{
    private readonly Random seeds = new(seed);

    public int Seed => seed;

    public Random Next() => new(seeds.Next());
}
