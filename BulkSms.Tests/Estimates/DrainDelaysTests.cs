using BulkSms.Broadcasts;
using BulkSms.Estimates;

namespace BulkSms.Tests.Estimates;

/// <summary>What makes a broadcast finish later, and when it would be finished without.</summary>
public sealed class DrainDelaysTests
{
    private static readonly DateTimeOffset Due = new(2030, 1, 7, 20, 0, 0, TimeSpan.Zero); // eight in the evening in London
    private static readonly QuietHours Nights = new(new(21, 0), new(8, 0));

    [Fact]
    public void Of_WhatFitsInAMinute_IsNone() => Assert.Empty(Of(Times(Nights), 50, new(1, 5, Due)));

    [Fact]
    public void Of_Rate_IsToldAtTwiceTheRate() => Assert.Equal([(DelayCause.Rate, Due.AddMinutes(5))], Of(Times(null), 600, new(1, 0, Due)));

    [Fact]
    public void Of_QueueBefore_IsToldWithWhatItCosts() =>
        Assert.Equal([(DelayCause.Queue, Due.AddMinutes(2)), (DelayCause.Rate, Due.AddMinutes(6))], Of(Times(null), 120, new(1, 600, Due)));

    [Fact]
    public void Of_NightThatComesMeanwhile_IsTold()
    {
        // Two hours' work, an hour before the night: at twice the rate it is finished before.
        var night = Due.AddHours(2);

        Assert.Equal([(DelayCause.Rate, Due.AddHours(1)), (DelayCause.QuietHours, night)], Of(Times(Nights), 7200, new(1, 0, Due)));
    }

    [Fact]
    public void Of_Spread_IsToldWhenItIsWhatTakesLong()
    {
        var delays = Of(Times(null, TimeSpan.FromHours(3)), 600, new(10, 0, Due));

        Assert.Equal([(DelayCause.Spread, Due.AddMinutes(1))], delays);
    }

    [Fact]
    public void Of_Canary_IsTold() => Assert.Equal([(DelayCause.Canary, Due.AddSeconds(10))], Of(Times(null), 100, new(10, 0, Due), new(0.1m, TimeSpan.FromMinutes(30))));

    [Fact]
    public void Of_WhatExpires_TellsWhatWouldSaveIt() =>
        Assert.Equal([(DelayCause.Rate, Due.AddMinutes(30))], Of(new(Due, Due.AddMinutes(40), default, null), 3600, new(1, 0, Due)));

    [Fact]
    public void TextOf_EachCause_IsSaid() => Assert.All(DelayCause.All, cause => Assert.EndsWith(".", DelayCause.TextOf(cause), StringComparison.Ordinal));

    private static SendTimes Times(QuietHours? quiet, TimeSpan? over = null) => new(Due, null, TimeSpan.FromDays(1), quiet, over);

    private static IEnumerable<(string, DateTimeOffset)> Of(SendTimes times, int messages, DrainPool pool, Canary? canary = null)
    {
        var all = Enumerable.Repeat(("+447400123456", 1), messages).ToArray();
        return DrainDelays.Of(DrainEstimate.Of(times, all, pool, canary), times, all, pool, canary).Select(delay => (delay.Cause, delay.CompletesAt!.Value));
    }
}
