using System.Collections.Concurrent;

namespace BulkSms.Tests.Sending.Pool;

/// <summary>All instances together stay below the rate and use it, whatever happens to them: random schedules on a clock that is only a number.</summary>
public sealed class SharedRateTests
{
    private const int Schedules = 10_000;

    /// <summary>Of so many schedules one goes on to its calm end, which takes most of the time.</summary>
    private const int ToTheEnd = 64;

    [Fact]
    public void HandOver_AnySchedule_KeepsBothBoundsAndUsesTheRate()
    {
        var broken = new ConcurrentBag<string>();
        Parallel.For(0, Schedules, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var result = SimulatedRun.Run(seed, toTheEnd: seed % ToTheEnd == 0);
            if (result.Violation is not null || result.Use < result.Least || result.HighPart is < 0.8 or > 0.9)
            {
                broken.Add($"{result.What}: {result.Violation ?? $"used to {result.Use:0.0%}, {result.HighPart:0.0%} of it high"}");
            }
        });

        Assert.Empty(broken);
    }

    [Fact]
    public void FirstMessage_OfALoneInstance_WaitsForTwoCallsToStorageOnly()
    {
        var pool = new SimulatedPool(1, rate: 1, heaviest: 1) { IsCalm = true };
        var lone = Start(pool);

        pool.RunTo(TimeSpan.FromSeconds(1));

        Assert.True(lone.FirstWait < TimeSpan.FromSeconds(0.1), $"{lone.FirstWait}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void FirstMessage_OfSeveralThatBeginAtOnce_ComesWithinFourSeconds(int count)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var pool = new SimulatedPool(seed, rate: 100, heaviest: 3) { IsCalm = true };
            var all = Enumerable.Range(0, count).Select(_ => Start(pool)).ToArray();

            pool.RunTo(TimeSpan.FromSeconds(5));

            Assert.All(all, each => Assert.True(each.FirstWait < TimeSpan.FromSeconds(4), $"seed {seed}: {each.FirstWait}"));
        }
    }

    [Fact]
    public void FirstMessage_OfAnInstanceThatJoinsABusyOne_ComesWithinFourSeconds()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var pool = new SimulatedPool(seed, rate: 100, heaviest: 3) { IsCalm = true };
            Start(pool);
            pool.RunTo(pool.Between(5, 6));
            var second = Start(pool);

            pool.RunTo(pool.Now + TimeSpan.FromSeconds(5));

            Assert.True(second.FirstWait < TimeSpan.FromSeconds(4), $"seed {seed}: {second.FirstWait}");
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void FirstMessage_OfHighPriority_ComesWithinFourSecondsWhileOthersUseTheRate(double rate)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var pool = new SimulatedPool(seed, rate, heaviest: 1) { IsCalm = true };
            Start(pool);
            Start(pool);
            pool.RunTo(pool.Between(5, 6));
            var high = Start(pool, isHigh: true);

            pool.RunTo(pool.Now + TimeSpan.FromSeconds(5));

            Assert.True(high.FirstWait < TimeSpan.FromSeconds(4), $"seed {seed}: {high.FirstWait}");
        }
    }

    private static SimulatedInstance Start(SimulatedPool pool, bool isHigh = false)
    {
        var instance = new SimulatedInstance(pool, isHigh);
        instance.Start();
        instance.Work();
        return instance;
    }
}
