using System.Globalization;
using BulkSms.Broadcasts;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Broadcasts;

/// <summary>When a recipient is due, and until when: quiet hours from 21 to 8 o'clock, a life of a day.</summary>
public sealed class SendTimesTests
{
    private const string British = "+447400123456";
    private static readonly string[] Numbers =
        ["+12015550123", "+18085550123", "+18763012345", "+19242345678", "+18005550100", "+16715550123", "+79161234567", "+77011234567", "+61412345678", "+447400123456", "+88312345678"];

    private const string Satellite = "+88312345678";
    private static readonly QuietHours Nights = new(new(21, 0), new(8, 0));
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void For_WithoutQuietHours_IsTheBroadcastsForAllRecipients()
    {
        var times = new SendTimes(At("2026-12-02T22:30:00Z"), null, Day, null);

        Assert.Equal(new SendTime(null, At("2026-12-02T22:30:00Z"), At("2026-12-03T22:30:00Z")), times.For(British));
        Assert.Same(times.For(British), times.For(Satellite));
    }

    [Fact]
    public void For_AtNight_IsDueInTheMorningAndLivesFromThen()
    {
        var time = new SendTimes(At("2026-12-02T22:30:00Z"), null, Day, Nights).For(British);

        Assert.Equal((At("2026-12-03T08:00:00Z"), At("2026-12-04T08:00:00Z")), (time.DueAt, time.ExpiresAt));
        Assert.True(time.IsInTime);
    }

    [Theory]
    [InlineData("2026-12-03T08:00:00Z", false)]
    [InlineData("2026-12-03T08:00:01Z", true)]
    public void For_ExpiryGiven_IsInTimeWhenTheNightEndsBefore(string expiresAt, bool expected)
    {
        var time = new SendTimes(At("2026-12-02T22:30:00Z"), At(expiresAt), Day, Nights).For(British);

        Assert.Equal((expected, At("2026-12-03T08:00:00Z"), At(expiresAt)), (time.IsInTime, time.DueAt, time.ExpiresAt));
    }

    [Fact]
    public void For_NoZone_IsNeverInTime() => Assert.False(new SendTimes(At("2026-12-02T12:00:00Z"), null, Day, Nights).For(Satellite).IsInTime);

    [Theory]
    [InlineData("2026-11-05T12:00:00Z", "2026-11-01T17:30:00Z")]
    [InlineData("2026-11-01T17:30:00Z", null)]
    [InlineData(null, null)] // and two days are enough to look ahead
    public void For_MomentThatSuitsOnlyOnceTheClocksHaveChanged_IsFoundWhenTheMessageLivesThatLong(string? expiresAt, string? due)
    {
        // From 7:30 to 13:00 only: in summer these hours of New York and of Hawaii have nothing in common, from 1 November on half an hour.
        var times = new SendTimes(At("2026-10-30T12:00:00Z"), expiresAt is null ? null : (DateTimeOffset?)At(expiresAt), Day, new(new(13, 0), new(7, 30)));

        var time = times.For("+18005550100");

        Assert.Equal((due is not null, due is null ? (DateTimeOffset?)null : At(due)), (time.IsInTime, time.DueAt));
    }

    [Property(MaxTest = 300)]
    public Property Reaches_AnyNumberAndHours_IsWhatItsOwnTimeSays() => Prop.ForAll(
        Gen.Elements(Numbers).Zip(Gen.Choose(0, 23)).Zip(Gen.Choose(1, 23)).Zip(Gen.Elements(null, "Europe/Moscow", "Pacific/Auckland")).Zip(Gen.Choose(1, 60)).ToArbitrary(),
        each =>
        {
            var ((((number, from), length), zone), hours) = each;
            var quiet = new QuietHours(new(from, 0), new((from + length) % 24, 0), zone);
            var begins = At("2026-12-02T12:00:00Z");
            var times = new SendTimes(begins, hours > 48 ? null : begins.AddHours(hours), Day, quiet);
            return times.Reaches(number) == times.For(number).IsInTime;
        });

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
