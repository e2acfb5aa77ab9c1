using BulkSms.OptOuts;

namespace BulkSms.Tests.OptOuts;

public sealed class OptOutSetTests
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void With_Changes_TheLastOfEachNumberCountsInWhateverOrderTheyCome()
    {
        var set = new OptOutSet([Ada], Now).With(
            [new(Ada, true, Now.AddSeconds(3)), new(Bob, false, Now.AddSeconds(2)), new(Ada, false, Now.AddSeconds(4)), new(Bob, true, Now.AddSeconds(1))], Now.AddSeconds(5));

        Assert.Equal((false, false, Now.AddSeconds(5)), (set.Contains(Ada), set.Contains(Bob), set.AsOf));
    }

    [Fact]
    public void With_OverlappingReading_IsNotTakenBack()
    {
        var set = new OptOutSet([], Now).With([new(Ada, true, Now.AddSeconds(2))], Now).With([new(Ada, false, Now.AddSeconds(1))], Now);

        Assert.True(set.Contains(Ada));
    }

    [Fact]
    public void With_BothInOneTick_IsOptedOut() => Assert.True(new OptOutSet([], Now).With([new(Ada, true, Now), new(Ada, false, Now)], Now).Contains(Ada));

    [Fact]
    public void On_NewerList_KeepsOnlyWhatIsNewerThanIt()
    {
        var old = new OptOutSet([], Now).With([new(Ada, true, Now.AddSeconds(-60)), new(Bob, true, Now.AddSeconds(1))], Now.AddSeconds(2));

        var set = old.On(new OptOutSet([], Now), Now);

        Assert.Equal((false, true), (set.Contains(Ada), set.Contains(Bob)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("SHORTCODE")]
    public void Contains_WhatIsNoNumber_IsFalse(string text) => Assert.False(new OptOutSet([Ada], Now).Contains(text));
}
