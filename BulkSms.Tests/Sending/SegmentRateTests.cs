using BulkSms.Sending;

namespace BulkSms.Tests.Sending;

public sealed class SegmentRateTests
{
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(2);
    private readonly SegmentRate rate = new(100, Recovery);

    [Fact]
    public void At_NeverHalved_IsTheHighest() => Assert.Equal((100, 100), (rate.At(TimeSpan.Zero), rate.At(TimeSpan.FromDays(1))));

    [Fact]
    public void Halve_ManyCallsOfOneOverload_HalvesOnce()
    {
        for (var i = 0; i < 50; i++)
        {
            rate.Halve(TimeSpan.FromMilliseconds(10 * i));
        }

        Assert.Equal(50, rate.At(TimeSpan.Zero), 0.5);
    }

    [Fact]
    public void Halve_AgainAndAgain_HasALowestRate()
    {
        var now = TimeSpan.Zero;
        for (var i = 0; i < 50; i++, now += SegmentRate.OneOverload)
        {
            rate.Halve(now);
        }

        Assert.InRange(rate.At(now), 100.0 / 64, 5);
    }

    [Fact]
    public void At_AfterHalving_GrowsBackEvenlyToTheHighestAndNoFurther()
    {
        rate.Halve(TimeSpan.Zero);

        Assert.Equal(75, rate.At(Recovery / 4), 0.001);
        Assert.Equal(100, rate.At(Recovery / 2), 0.001);
        Assert.Equal(100, rate.At(Recovery * 10));
    }
}
