using System.Globalization;
using BulkSms.Broadcasts;
using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Broadcasts;

/// <summary>When each recipient is due of a broadcast that is spread over a time.</summary>
public sealed class SpreadTests
{
    private static readonly QuietHours Nights = new(new(21, 0), new(8, 0));
    private static readonly string[] Numbers = ["+12015550123", "+18085550123", "+18005550100", "+79161234567", "+61412345678", "+447400123456"];

    [Fact]
    public void At_WithoutQuietHours_IsEvenFromTheBeginning()
    {
        var spread = new Spread(At("2026-12-02T22:30:00Z"), TimeSpan.FromHours(3), null);

        Assert.Equal(
            [At("2026-12-02T22:30:00Z"), At("2026-12-02T23:15:00Z"), At("2026-12-03T00:00:00Z"), At("2026-12-03T00:45:00Z")],
            Enumerable.Range(0, 4).Select(index => spread.At(null, index, 4)!.Value));
    }

    [Fact]
    public void At_NightInTheMiddle_LeavesItOut()
    {
        var spread = new Spread(At("2026-12-02T20:00:00Z"), TimeSpan.FromHours(14), Nights); // in London: an hour, the night, two hours

        Assert.Equal(
            [At("2026-12-02T20:00:00Z"), At("2026-12-02T20:45:00Z"), At("2026-12-03T08:30:00Z"), At("2026-12-03T09:15:00Z")],
            Enumerable.Range(0, 4).Select(index => spread.At(Zones("+447400123456"), index, 4)!.Value));
    }

    [Fact]
    public void At_AllOfItQuiet_IsNever()
    {
        var spread = new Spread(At("2026-12-02T22:00:00Z"), TimeSpan.FromHours(3), Nights);

        Assert.Null(spread.At(Zones("+447400123456"), 0, 4));
        Assert.False(spread.Reaches(Zones("+447400123456")));
        Assert.True(spread.Reaches(Zones("+18085550123")));
    }

    [Property]
    public Property At_AnyRecipient_IsInTheWindowInOrderAndInNoQuietHour() => Prop.ForAll(
        Gen.Choose(0, 60 * 24 * 30).ToArbitrary(), Gen.Choose(1, 7 * 24 * 60).ToArbitrary(), Gen.Choose(0, Numbers.Length - 1).ToArbitrary(), (begin, length, number) =>
        {
            var (begins, over) = (At("2026-10-15T00:00:00Z").AddMinutes(begin), TimeSpan.FromMinutes(length));
            var (spread, zones) = (new Spread(begins, over, Nights), Zones(Numbers[number]));
            var due = Enumerable.Range(0, 50).Select(index => spread.At(zones, index, 50)).ToArray();
            return spread.Reaches(zones)
                ? due.All(time => time >= begins && time < begins + over && Nights.FirstAllowed(zones, time.Value) == time) && due.SequenceEqual(due.Order())
                : due.All(time => time is null);
        });

    [Theory]
    [InlineData("PT1M", 1)]
    [InlineData("PT90M", 90)]
    [InlineData("P1DT12H", 36 * 60)]
    [InlineData("P7D", 7 * 24 * 60)]
    [InlineData("PT60S", 1)]
    public void Parse_Duration_IsRead(string text, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), SpreadDuration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("PT59S")] // too short
    [InlineData("P7DT1S")] // too long
    [InlineData("PT999999999999H")]
    [InlineData("P1M")] // a month has no length of its own
    [InlineData("P1Y")]
    [InlineData("-PT3H")]
    [InlineData("PT-3H")]
    [InlineData("PT1.5H")]
    [InlineData("3h")]
    [InlineData("03:00:00")]
    [InlineData("PT3H ")]
    [InlineData("PT\u0663H")] // a digit of another script
    public void Parse_AnythingElse_IsNone(string text) => Assert.Null(SpreadDuration.Parse(text));

    private static ZoneSet Zones(string number) => Nights.ZonesOf(number);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
