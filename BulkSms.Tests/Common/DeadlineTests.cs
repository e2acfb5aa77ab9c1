using BulkSms.Common;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Common;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(10, 10, false)]
    [InlineData(10.001, 10.001, true)]
    [InlineData(10.001, 0, true)] // the wall clock was set back
    [InlineData(10.001, -3600, true)]
    [InlineData(0, 10.001, true)] // the machine was suspended
    [InlineData(5, 3600, true)]
    [InlineData(5, -3600, false)]
    public void HasPassed_EitherClock_Decides(double monotonic, double wall, bool passed)
    {
        var clocks = new TwoClocks();
        var window = new Deadline(clocks, TimeSpan.FromSeconds(10));
        clocks.Monotonic += TimeSpan.FromSeconds(monotonic);
        clocks.Wall += TimeSpan.FromSeconds(wall);

        Assert.Equal(passed, window.HasPassed);
    }

    [Fact]
    public void And_EitherOne_Decides()
    {
        var clocks = new TwoClocks();
        var (one, other) = (new Deadline(clocks, TimeSpan.FromSeconds(10)), new Deadline(clocks, TimeSpan.FromSeconds(3)));
        clocks.Monotonic += TimeSpan.FromSeconds(5);

        Assert.Equal((false, true, true, true), (one.HasPassed, other.HasPassed, one.And(other).HasPassed, other.And(one).HasPassed));
        Assert.False(one.And(one).HasPassed);
    }
}
