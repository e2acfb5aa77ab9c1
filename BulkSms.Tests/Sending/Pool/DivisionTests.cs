using BulkSms.Sending.Pool;

namespace BulkSms.Tests.Sending.Pool;

public sealed class DivisionTests
{
    [Fact]
    public void ShareOf_Lone_IsTheWholeRate() => Assert.Equal(100, Division.ShareOf(Row(1, 1), []));

    [Fact]
    public void ShareOf_WithoutDemand_IsNothing() => Assert.Equal(0, Division.ShareOf(Row(1, 0), []));

    [Theory]
    [InlineData(100, 100, 50)]
    [InlineData(100, 20, 80)]
    [InlineData(20, 100, 20)]
    [InlineData(20, 30, 45)] // enough for both: what is left is divided evenly
    public void ShareOf_Two_IsByDemand(double own, double other, double expected) => Assert.Equal(expected, Division.ShareOf(Row(1, own), [Row(2, other)]), 6);

    [Fact]
    public void ShareOf_OneWithoutDemandBeside_IsTheWholeRate() => Assert.Equal(100, Division.ShareOf(Row(2, 5), [Row(1, 0)]));

    [Fact]
    public void ShareOf_LowRate_IsTheFirstOnesThatCanUseIt()
    {
        Assert.Equal(30, Division.ShareOf(Row(1, 90, 30), [Row(2, 120, 30)]), 6);
        Assert.Equal(0, Division.ShareOf(Row(2, 120, 30), [Row(1, 90, 30)]));
        Assert.Equal(30, Division.ShareOf(Row(2, 30, 30), [Row(1, 5, 30)]), 6);
        Assert.Equal(0, Division.ShareOf(Row(1, 5, 30), [Row(2, 30, 30)]));
    }

    [Theory]
    [InlineData(100, 100, 85, 15)]
    [InlineData(30, 100, 30, 70)] // what high leaves, normal has
    [InlineData(100, 5, 95, 5)]
    [InlineData(30, 20, 55, 45)] // enough for both: what is left is divided evenly
    public void ShareOf_TwoPriorities_IsMostlyOfTheHigh(double high, double normal, double ofHigh, double ofNormal)
    {
        Assert.Equal(ofHigh, Division.ShareOf(High(2, high), [Row(1, normal)]), 6);
        Assert.Equal(ofNormal, Division.ShareOf(Row(1, normal), [High(2, high)]), 6);
    }

    [Fact]
    public void ShareOf_LowRateWithBothPriorities_IsOfOneInstanceEach()
    {
        Assert.Equal(8.5, Division.ShareOf(High(2, 10, 10), [Row(1, 10, 10), Row(3, 10, 10)]), 6);
        Assert.Equal(1.5, Division.ShareOf(Row(1, 10, 10), [High(2, 10, 10), Row(3, 10, 10)]), 6);
        Assert.Equal(0, Division.ShareOf(Row(3, 10, 10), [High(2, 10, 10), Row(1, 10, 10)]));
    }

    [Fact]
    public void ShareOf_RateOfAFewSegments_IsTheHighOnesAlone()
    {
        Assert.Equal(2, Division.ShareOf(High(2, 1, 2), [Row(1, 2, 2)]));
        Assert.Equal(0, Division.ShareOf(Row(1, 2, 2), [High(2, 1, 2)]));
    }

    [Fact]
    public void ShareOf_InstanceWithBothPriorities_IsBothParts()
    {
        var both = Row(1, 0) with { Demand = new(100, 100) };

        Assert.Equal(100, Division.ShareOf(both, []));
        Assert.Equal(50, Division.ShareOf(both, [both with { Instance = "other", Since = 2 }]), 6);
        Assert.Equal(85 + 7.5, Division.ShareOf(both, [Row(2, 100)]), 6);
    }

    [Fact]
    public void ShareOf_RateThatIsBeingChanged_IsOfTheLower()
    {
        Assert.Equal(50, Division.ShareOf(Row(1, 200, 200), [Row(2, 100)]), 6);
        Assert.Equal(50, Division.ShareOf(Row(2, 100), [Row(1, 200, 200)]), 6);
    }

    // What the bounds rest on: an instance that sees more of the others takes less, and what all see is divided, not multiplied.
    [Fact]
    public void ShareOf_AnyRows_NeverGrowsWithOthersAndIsTheRateTogether()
    {
        var random = new Random(7);
        for (var i = 0; i < 4_000; i++)
        {
            var rate = 5 + random.Next(200);
            var rows = Enumerable.Range(0, 1 + random.Next(9)).Select(_ => Any(random, rate)).DistinctBy(row => row.Since).ToList();
            var own = rows[0];
            var others = rows.Skip(1).ToArray();
            var share = Division.ShareOf(own, others);

            Assert.True(rows.Sum(row => Division.ShareOf(row, [.. rows.Where(each => each != row)])) <= rate + 1e-6);
            Assert.True(Division.ShareOf(own, [.. others, Any(random, rate) with { Instance = "one more" }]) <= share + 1e-6);
            if (others.Length > 0)
            {
                var risen = others[random.Next(others.Length)];
                Assert.True(Division.ShareOf(own, [.. others.Where(row => row != risen), risen with { Demand = new(risen.Demand.High + (random.Next(2) * random.Next(200)), risen.Demand.Normal + random.Next(200)) }]) <= share + 1e-6);
            }
        }
    }

    private static ShareRow Row(long since, double demand, double rate = 100) => new($"i{since}", 1, since, new(0, demand), rate, 1);

    private static ShareRow High(long since, double demand, double rate = 100) => new($"i{since}", 1, since, new(demand, 0), rate, 1);

    private static ShareRow Any(Random random, double rate) =>
        Row(random.Next(100_000), 0, rate) with { Demand = new(random.Next(3) == 0 ? random.Next(250) : 0, random.Next(3) == 0 ? 0 : random.Next(250)) };
}
