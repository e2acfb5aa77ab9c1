using BulkSms.Sending.Pool;

namespace BulkSms.Tests.Sending.Pool;

/// <summary>A random schedule: some seconds in which anything happens, then calm, in which the use of the rate is measured.</summary>
internal static class SimulatedRun
{
    private static readonly double[] Rates = [1, 3, 10, 15, 20, 30, 60, 100, 100, 200];
    private const double LowRate = 40;
    private static readonly TimeSpan Wild = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan CalmBy = Wild + TimeSpan.FromSeconds(15); // frozen ones are back, dead ones gone, the window is full

    /// <summary>What came of a schedule.</summary>
    /// <param name="What">Its rate, heaviest message and instances.</param>
    /// <param name="Violation">How a bound was broken; null: it was not.</param>
    /// <param name="Use">Part of the rate that was used at the end; 1 where it was not measured.</param>
    /// <param name="Least">The part that is to be used: of a low rate that two priorities share, whole messages leave more unused.</param>
    /// <param name="Handed">Segments in all.</param>
    /// <param name="HighPart">Of what was used at the end, the part of high priority; null: it was not measured, or there were not both.</param>
    public sealed record Result(string What, string? Violation, double Use, double Least, long Handed, double? HighPart = null);

    /// <summary>Runs it.</summary>
    /// <param name="seed">What it is drawn from.</param>
    /// <param name="toTheEnd">Whether the use of the rate is measured at the end: that takes most of the time.</param>
    public static Result Run(int seed, bool toTheEnd)
    {
        var random = new Random(seed);
        var rate = Rates[random.Next(Rates.Length)];
        var heaviest = random.Next(3) == 0 ? 1 : rate < 10 ? 1 : 1 + random.Next(3);
        var pool = new SimulatedPool(seed, rate, heaviest);
        var highPart = random.Next(3) == 0 ? 0 : 0.4;
        var instances = Enumerable.Range(0, 1 + random.Next(toTheEnd ? 8 : 5)).Select(_ => new SimulatedInstance(pool, isHigh: random.NextDouble() < highPart)).ToArray();
        var what = $"{rate}/s, {heaviest} heavy, {instances.Length} instances, seed {seed}";
        pool.Storage.Faults = random.Next(3) * 0.1;
        pool.At(default, () => Disturb(pool, instances));
        pool.RunTo(Wild);
        if (!toTheEnd)
        {
            return new(what, pool.Violation, 1, 0, pool.Handed);
        }

        pool.IsCalm = true;
        foreach (var instance in instances.Where(instance => !instance.IsAlive))
        {
            instance.Start();
        }

        foreach (var instance in instances)
        {
            instance.Work();
        }

        pool.RunTo(CalmBy);
        var (before, highBefore) = (pool.Handed, pool.HandedHigh);
        pool.RunTo(CalmBy + PoolTimes.Window);
        var (handed, high) = (pool.Handed - before, pool.HandedHigh - highBefore);
        var areBoth = rate >= Division.LeastForBoth && instances.Any(each => each.IsHigh) && !instances.All(each => each.IsHigh);
        return new(what, pool.Violation, (handed + heaviest) / (10 * rate), areBoth && rate < LowRate ? 0.95 : 0.98, pool.Handed, areBoth ? (double)high / handed : null);
    }

    private static void Disturb(SimulatedPool pool, SimulatedInstance[] instances)
    {
        if (pool.IsCalm)
        {
            return;
        }

        var instance = instances[pool.Random.Next(instances.Length)];
        if (!instance.IsAlive)
        {
            instance.Start();
            instance.Work();
        }
        else
        {
            switch (pool.Random.Next(10))
            {
                case 0:
                    instance.Die();
                    break;
                case 1:
                    instance.Leave();
                    break;
                case 2 or 3:
                    instance.Freeze(pool.Between(0.1, 9));
                    break;
                case 4:
                    instance.SetWallClock(pool.Between(-20, 20));
                    break;
                case 5 or 6:
                    instance.Rest();
                    break;
                default:
                    instance.Work();
                    break;
            }
        }

        pool.At(pool.Now + pool.Between(0, 1.2), () => Disturb(pool, instances));
    }
}
