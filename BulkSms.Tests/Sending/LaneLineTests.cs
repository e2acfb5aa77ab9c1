using BulkSms.Sending;

namespace BulkSms.Tests.Sending;

/// <summary>What finds a profile's line full comes back at its turn: the lane neither runs dry nor keeps the queue busy.</summary>
public sealed class LaneLineTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TryJoin_FullLine_HasNoPlaceUntilOneLeaves()
    {
        var line = new LaneLine(2);

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => line.TryJoin(0.1, isStopped: false)));
        line.Leave();
        Assert.True(line.TryJoin(0.1, isStopped: false));
    }

    [Theory]
    [InlineData(100, false, true)] // gone within a second
    [InlineData(100, true, false)] // the provider is away
    [InlineData(1, false, false)]
    public void TryJoin_FullLine_HasPlacesWhereItMovesOn(double rate, bool isStopped, bool expected)
    {
        var line = Full(64);

        Assert.Equal(expected, line.TryJoin(rate, isStopped));
    }

    [Fact]
    public void ComeBackAt_ASmallBacklog_IsOneTurnAfterTheOther()
    {
        var line = Full(64);

        var times = Enumerable.Range(0, 36).Select(_ => line.ComeBackAt(Now, 1, rate: 1, chance: 0.3) - Now).ToArray();

        Assert.Equal(Enumerable.Range(32, 36).Select(second => TimeSpan.FromSeconds(second)), times); // the first while half of the line still stands
    }

    [Fact]
    public void ComeBackAt_ALargeBacklog_IsSpreadOverTheLongestTime()
    {
        var (line, random) = (Full(64), new Random(1));

        var times = Enumerable.Range(0, 100_000).Select(_ => line.ComeBackAt(Now, 1, rate: 1, random.NextDouble()) - Now).ToArray();

        Assert.All(times, time => Assert.InRange(time, TimeSpan.FromSeconds(32), LaneLine.Longest));
        Assert.InRange(times.GroupBy(time => time).Max(each => each.Count()), 1, 10); // not all at once
    }

    [Fact]
    public void ComeBackAt_WhenTheBacklogIsGone_IsSoonAgain()
    {
        var line = Full(64);
        for (var i = 0; i < 10_000; i++)
        {
            line.ComeBackAt(Now, 1, rate: 1, chance: 1);
        }

        var later = Now + LaneLine.Longest + TimeSpan.FromSeconds(2);
        Assert.Equal(TimeSpan.FromSeconds(32), line.ComeBackAt(later, 1, rate: 1, chance: 1) - later);
    }

    private static LaneLine Full(int places)
    {
        var line = new LaneLine(places);
        Assert.All(Enumerable.Range(0, places), _ => Assert.True(line.TryJoin(1000, isStopped: false)));
        return line;
    }
}
