using BulkSms.Broadcasts;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PhoneNumbers;

namespace BulkSms.Tests.Broadcasts;

public sealed class QuietHoursTests
{
    private static readonly QuietHours Nights = new(new(21, 0), new(8, 0));

    private static string Example(string region) =>
        PhoneNumberUtil.GetInstance().Format(PhoneNumberUtil.GetInstance().GetExampleNumber(region), PhoneNumberFormat.E164);

    [Theory]
    [InlineData("DE", "2030-01-07T19:59:00Z", "2030-01-07T19:59:00Z")] // 20:59 in Berlin
    [InlineData("DE", "2030-01-07T20:00:00Z", "2030-01-08T07:00:00Z")] // 21:00
    [InlineData("DE", "2030-01-08T06:59:00Z", "2030-01-08T07:00:00Z")] // 7:59
    [InlineData("DE", "2030-01-08T07:00:00Z", "2030-01-08T07:00:00Z")] // 8:00
    [InlineData("DE", "2030-07-08T06:30:00Z", "2030-07-08T06:30:00Z")] // 8:30 in summer
    [InlineData("JP", "2030-01-07T12:00:00Z", "2030-01-07T23:00:00Z")] // 21:00 in Tokyo
    [InlineData("IN", "2030-01-07T02:00:00Z", "2030-01-07T02:30:00Z")] // 7:30 in Kolkata
    public void FirstAllowed_OneZone_IsOutsideTheNightThere(string region, string earliest, string allowed) =>
        Assert.Equal(At(allowed), Allowed(Nights, Example(region), At(earliest)));

    [Fact]
    public void FirstAllowed_SeveralZones_WaitsUntilItIsNightInNone()
    {
        // A toll-free number of the United States: from New York to Hawaii.
        var allowed = Allowed(Nights, "+18005550100", At("2030-01-07T12:00:00Z"))!.Value;

        Assert.Equal(allowed, Allowed(Nights, "+18005550100", allowed));
        Assert.All(
            new[] { "America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "America/Chicago" },
            zone => Assert.InRange(TimeZoneInfo.ConvertTime(allowed, TimeZoneInfo.FindSystemTimeZoneById(zone)).Hour, 8, 20));
    }

    [Theory]
    [InlineData("+88312345678", "Etc/UTC", "2030-01-07T22:00:00Z", "2030-01-08T08:00:00Z")]
    [InlineData("+88312345678", "Asia/Tokyo", "2030-01-07T22:00:00Z", "2030-01-07T23:00:00Z")]
    [InlineData("+18005550100", "America/New_York", "2030-01-07T12:00:00Z", "2030-01-07T13:00:00Z")]
    [InlineData("+79161234567", "Europe/Moscow", "2030-01-07T04:00:00Z", "2030-01-07T05:00:00Z")]
    [InlineData("+447400123456", "Asia/Tokyo", "2030-01-07T22:00:00Z", "2030-01-08T08:00:00Z")] // London, whatever the request says
    public void FirstAllowed_TimeZoneGiven_RulesWhereTheNumberTellsSeveralOrNone(string number, string timeZone, string earliest, string allowed) =>
        Assert.Equal(At(allowed), Allowed(Nights with { TimeZone = timeZone }, number, At(earliest)));

    [Theory]
    [InlineData("+88312345678", "2030-01-07T12:00:00Z")] // a satellite: anywhere
    [InlineData("+79161234567", "2030-01-07T09:00:00Z")] // with these hours, Kaliningrad and Kamchatka never agree
    public void FirstAllowed_NoMomentSuits_IsNull(string number, string earliest) =>
        Assert.Null(Allowed(new QuietHours(new(18, 0), new(10, 0)), number, At(earliest)));

    [Theory]
    [InlineData("2030-01-08T07:00:00Z", null)]
    [InlineData("2030-01-08T07:00:01Z", "2030-01-08T07:00:00Z")]
    public void FirstAllowed_WithAnEnd_IsBeforeIt(string end, string? allowed) => Assert.Equal(
        allowed is null ? (DateTimeOffset?)null : At(allowed), Nights.FirstAllowed(Nights.ZonesOf(Example("DE")), At("2030-01-07T20:00:00Z"), At(end)));

    [Theory]
    [InlineData("DE", "2030-01-08T07:00:00Z", "2030-01-08T20:00:00Z")]
    [InlineData("DE", "2030-01-08T19:59:00Z", "2030-01-08T20:00:00Z")]
    [InlineData("ES", "2030-01-08T09:00:00Z", "2030-01-08T20:00:00Z")] // Madrid before the Canary Islands
    public void NextQuiet_FromADay_IsWhereItGetsQuietFirst(string region, string from, string next) =>
        Assert.Equal(At(next), Nights.NextQuiet(Nights.ZonesOf(Example(region)), At(from)));

    [Theory]
    [InlineData("2030-03-31T00:30:00Z", "2030-03-31T01:00:00Z")] // 1:30 in Berlin; 2:30 is skipped that night, and it ends at 3:00
    [InlineData("2030-10-26T23:30:00Z", "2030-10-27T00:30:00Z")] // 1:30; the first 2:30 of two
    public void FirstAllowed_EndsInAnHourThatTheClocksChange_EndsThatNight(string earliest, string allowed) => Assert.Equal(
        At(allowed), Allowed(new QuietHours(new(23, 0), new(2, 30)), Example("DE"), At(earliest)));

    [Fact]
    public void FirstAllowed_WithinOneDay_SkipsThoseHoursOnly()
    {
        var lunch = new QuietHours(new(12, 0), new(14, 0));

        Assert.Equal(At("2030-01-07T13:00:00Z"), Allowed(lunch, Example("DE"), At("2030-01-07T11:15:00Z")));
        Assert.Equal(At("2030-01-07T23:15:00Z"), Allowed(lunch, Example("DE"), At("2030-01-07T23:15:00Z")));
    }

    [Property]
    public Property FirstAllowed_AnyTime_IsNotEarlierAndIsItselfAllowed() => Prop.ForAll(
        Gen.Choose(0, 60 * 24 * 366).Zip(Gen.Elements("DE", "US", "JP", "IN", "AU", "ES", "BR")).ToArbitrary(),
        each =>
        {
            var earliest = At("2030-01-01T00:00:00Z").AddMinutes(each.Item1);
            var zones = Nights.ZonesOf(Example(each.Item2));
            return Nights.FirstAllowed(zones, earliest) is { } allowed && allowed >= earliest && Nights.FirstAllowed(zones, allowed) == allowed
                && Nights.NextQuiet(zones, allowed) is var night && night > allowed && Nights.FirstAllowed(zones, night) > night;
        });

    [Theory]
    [InlineData("America/Argentina/Buenos_Aires", "21:30-07:05 America/Argentina/Buenos_Aires")]
    [InlineData("America/Port-au-Prince", "21:30-07:05 America/Port-au-Prince")]
    [InlineData("Etc/UTC", "21:30-07:05 Etc/UTC")]
    [InlineData(null, "21:30-07:05")]
    public void Parse_WhatToStringWrites_IsTheSame(string? timeZone, string text)
    {
        var hours = new QuietHours(new(21, 30), new(7, 5), timeZone);

        Assert.Equal(text, hours.ToString());
        Assert.Equal(hours, QuietHours.Parse(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("21:00-08:00 ")]
    [InlineData("21:00-08:00-09:00")]
    [InlineData("21:00-08:00 Nowhere/Land")]
    [InlineData("21-8 Etc/UTC")]
    public void Parse_AnythingElse_IsNull(string? text) => Assert.Null(QuietHours.Parse(text));

    [Theory]
    [InlineData("""{"from": "21:00", "to": "08:00"}""", "21:00-08:00")]
    [InlineData("""{"from": "22:15", "to": "23:00", "timeZone": "Europe/Berlin"}""", "22:15-23:00 Europe/Berlin")]
    public void Read_QuietHours_AreTheRequests(string hours, string expected) =>
        Assert.Equal(expected, RequestReading.Good(With(hours)).Quiet!.ToString());

    [Theory]
    [InlineData("\"21:00-08:00\"", "$.quietHours: must be an object, such as {\"from\": \"21:00\", \"to\": \"08:00\"}")]
    [InlineData("""{"from": "21:00"}""", "$.quietHours.to: must be a time of day, such as 21:00")]
    [InlineData("""{"from": "9 pm", "to": "08:00"}""", "$.quietHours.from: must be a time of day, such as 21:00")]
    [InlineData("""{"from": "08:00", "to": "08:00"}""", "$.quietHours: must not be the whole day")]
    [InlineData("""{"from": "21:00", "to": "08:00", "timeZone": "Berlin"}""", "$.quietHours.timeZone: must be an IANA time zone, such as Europe/Berlin")]
    [InlineData("""{"from": "21:00", "to": "08:00", "days": 7}""", "$.quietHours.days: is not a known field")]
    public void Read_FaultyQuietHours_IsAFaultByItsPath(string hours, string fault) => Assert.Equal([fault], RequestReading.FaultsOf(With(hours)));

    private static string With(string hours) => $$"""{"message": "Hello", "recipients": ["{{RequestReading.Ada}}"], "quietHours": {{hours}}}""";

    private static DateTimeOffset? Allowed(QuietHours hours, string number, DateTimeOffset earliest) => hours.FirstAllowed(hours.ZonesOf(number), earliest);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
