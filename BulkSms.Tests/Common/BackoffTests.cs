using BulkSms.Common;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Common;

public sealed class BackoffTests
{
    private const double Most = 0.999999999;

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(8, 640)]
    [InlineData(9, 900)] // the cap
    [InlineData(1000, 900)]
    [InlineData(int.MaxValue, 900)]
    [InlineData(0, 5)]
    [InlineData(int.MinValue, 5)]
    public void For_Attempt_IsDrawnUpToItsBound(int attempt, int seconds)
    {
        Assert.Equal(seconds, For(attempt, Most).TotalSeconds, 3);
        Assert.Equal(seconds * 0.5, For(attempt, 0.5).TotalSeconds, 3);
        Assert.Equal(TimeSpan.Zero, For(attempt, 0));
    }

    [Property(MaxTest = 1000)]
    public Property For_AnySettings_IsWithinFullJitter() => Prop.ForAll(
        Arb.From(
            from attempt in Gen.Choose(1, 1000)
            from baseDelay in Gen.Choose(10, 3_600_000)
            from cap in Gen.Choose(10, 86_400_000)
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select (attempt, baseDelay, cap, seed)),
        draw =>
        {
            var delay = Backoff.For(draw.attempt, TimeSpan.FromMilliseconds(draw.baseDelay), TimeSpan.FromMilliseconds(draw.cap), new Random(draw.seed));
            var bound = System.Numerics.BigInteger.Min(draw.cap, draw.baseDelay * System.Numerics.BigInteger.Pow(2, draw.attempt - 1));
            return delay >= TimeSpan.Zero && delay <= TimeSpan.FromMilliseconds((long)bound);
        });

    private static TimeSpan For(int attempt, double chance) =>
        Backoff.For(attempt, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15), new Loaded(chance));

    private sealed class Loaded(double chance) : Random
    {
        public override double NextDouble() => chance;
    }
}
