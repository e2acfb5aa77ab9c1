using System.Globalization;
using BulkSms.Broadcasts;
using BulkSms.Estimates;

namespace BulkSms.Tests.Estimates;

public sealed class DrainEstimateTests
{
    private const string American = "+12015550123";
    private const string British = "+447400123456";
    private static readonly DateTimeOffset Due = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);
    private static readonly QuietHours Nights = new(new(21, 0), new(8, 0));

    [Theory]
    [InlineData(100_000, 100, 1000)]
    [InlineData(101, 100, 2)]
    [InlineData(0, 100, 0)]
    [InlineData(10, 0.1, 100)]
    public void Seconds_SegmentsAtARate_AreRoundedUp(int segments, double rate, long expected) => Assert.Equal(expected, Of(segments, rate, 1).Seconds);

    [Theory]
    [InlineData(36_000, true)]
    [InlineData(36_001, false)]
    public void FitsTwilioQueue_OneSegmentASecond_IsTenHours(int segments, bool expected)
    {
        Assert.Equal(36_000, Of(segments, 1, 48).TwilioQueueSegments);
        Assert.Equal(expected, Of(segments, 1, 48).FitsTwilioQueue);
    }

    [Theory]
    [InlineData(3600, true)]
    [InlineData(3601, false)]
    public void FitsBeforeExpiry_AnHour_IsItsSegments(int segments, bool expected) => Assert.Equal(expected, Of(segments, 1, 1).FitsBeforeExpiry);

    [Fact]
    public void Of_MoreThanFits_TellsHowManyExpire()
    {
        var drain = DrainEstimate.Of(new(Due, Due.AddSeconds(25), default, null), Messages(British, 3), Pool(0.1));

        Assert.Equal((30L, 1, (DateTimeOffset?)null, Due.AddSeconds(25)), (drain.Seconds, drain.Expiring, drain.CompletesAt, drain.ExpiresAt));
    }

    [Fact]
    public void Of_NoRecipient_IsDoneAtOnce()
    {
        var drain = DrainEstimate.Of(new(Due, null, TimeSpan.FromHours(1), Nights), [], Pool(1));

        Assert.Equal(((DateTimeOffset, DateTimeOffset?, bool))(Due, Due, true), (drain.DueAt, drain.CompletesAt, drain.FitsBeforeExpiry));
    }

    [Fact]
    public void Of_QuietHours_BeginsWhenTheyEnd()
    {
        var drain = DrainEstimate.Of(new(At("2030-01-07T22:00:00Z"), null, TimeSpan.FromDays(1), Nights), Messages(British, 60), Pool(1));

        Assert.Equal(
            (At("2030-01-08T08:00:00Z"), At("2030-01-08T08:01:00Z"), At("2030-01-09T08:00:00Z")), (drain.DueAt, drain.CompletesAt!.Value, drain.ExpiresAt));
    }

    [Fact]
    public void Of_SeveralZones_IsSentAsEachBecomesDue()
    {
        // Due in London at 9, in New York at 13 o'clock; an hour's work each.
        var drain = DrainEstimate.Of(new(Due, null, TimeSpan.FromDays(1), Nights), [.. Messages(American, 3600), .. Messages(British, 3600)], Pool(1));

        Assert.Equal((Due, At("2030-01-07T14:00:00Z"), At("2030-01-08T13:00:00Z")), (drain.DueAt, drain.CompletesAt!.Value, drain.ExpiresAt));
    }

    [Fact]
    public void Of_LaterShareWaitsForTheEarlier()
    {
        var drain = DrainEstimate.Of(new(Due, null, TimeSpan.FromDays(1), Nights), [.. Messages(American, 3600), .. Messages(British, 5 * 3600)], Pool(1));

        Assert.Equal(At("2030-01-07T15:00:00Z"), drain.CompletesAt);
    }

    [Theory]
    [InlineData("2030-01-08T09:00:01Z", 0)]
    [InlineData("2030-01-08T08:59:00Z", 60)]
    public void Of_NightComesMeanwhile_GoesOnInTheMorning(string expiresAt, int expiring)
    {
        // Thirteen hours' work, twelve of them before London's night.
        var drain = DrainEstimate.Of(new(Due, At(expiresAt), default, Nights), Messages(British, 13 * 3600), Pool(1));

        Assert.Equal((expiring, expiring == 0 ? (DateTimeOffset?)At("2030-01-08T09:00:00Z") : null, 13L * 3600), (drain.Expiring, drain.CompletesAt, drain.Seconds));
    }

    [Fact]
    public void Of_SideBySide_SharesTheRateInProportion()
    {
        // Both due at once; when London's night comes at 21:00 both have had their share of an hour: the rest of London's waits, New York's goes on.
        var begins = At("2030-01-07T20:00:00Z");
        var drain = DrainEstimate.Of(new(begins, null, TimeSpan.FromDays(1), Nights), [.. Messages(British, 3600), .. Messages(American, 3600)], Pool(1));

        Assert.Equal(At("2030-01-08T08:30:00Z"), drain.CompletesAt);
    }

    [Fact]
    public void Of_SpreadOverATime_IsThroughWhenTheLastIsDue()
    {
        var drain = DrainEstimate.Of(new(Due, Due.AddHours(10), default, null, TimeSpan.FromHours(4)), Messages(British, 1000), Pool(100));

        Assert.Equal((0, Due), (drain.Expiring, drain.DueAt));
        Assert.InRange(drain.CompletesAt!.Value, Due.AddHours(4).AddSeconds(-15), Due.AddHours(4));
    }

    [Fact]
    public void Of_SpreadOverLessThanTheRateNeeds_TakesLonger() => Assert.InRange(
        DrainEstimate.Of(new(Due, Due.AddHours(10), default, null, TimeSpan.FromMinutes(10)), Messages(British, 3600), Pool(1)).CompletesAt!.Value, Due.AddMinutes(60), Due.AddMinutes(61));

    [Fact]
    public void Of_WhatWaitsBeforeIt_PassesFirst()
    {
        var drain = DrainEstimate.Of(new(Due, Due.AddHours(1), default, null), Messages(British, 600), new(1, 1200, Due));

        Assert.Equal((Due.AddMinutes(30), 0), (drain.CompletesAt, drain.Expiring));
        Assert.Equal(600, drain.Seconds);
    }

    [Fact]
    public void Of_ScheduledForLater_IsPassedByWhatWaitsNow()
    {
        var drain = DrainEstimate.Of(new(Due, Due.AddHours(1), default, null), Messages(British, 600), new(1, 1200, Due.AddMinutes(-15)));

        Assert.Equal(Due.AddMinutes(15), drain.CompletesAt); // five minutes of the queue are left then
    }

    [Fact]
    public void Of_ACanary_WaitsAfterTheFirstPart()
    {
        var drain = DrainEstimate.Of(new(Due, Due.AddHours(1), default, null), Messages(British, 600), Pool(1), new(0.1m, TimeSpan.FromMinutes(20)));

        Assert.Equal(Due.AddMinutes(20 + 9), drain.CompletesAt);
    }

    private static DrainPool Pool(double rate) => new(rate, 0, DateTimeOffset.MinValue);

    private static DrainEstimate Of(int segments, double rate, double hours) =>
        DrainEstimate.Of(new(Due, Due.AddHours(hours), default, null), Messages(British, segments), Pool(rate));

    private static (string To, int Segments)[] Messages(string to, int count) => [.. Enumerable.Repeat((to, 1), count)];

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}