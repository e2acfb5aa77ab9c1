using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using PhoneNumbers;

namespace BulkSms.Tests.Recipients;

/// <summary>Where a number's owner may be. The numbers are examples of their kind.</summary>
public sealed class NumberZonesTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    [Theory]
    [InlineData("+12015550123", "America/New_York")]
    [InlineData("+18085550123", "Pacific/Honolulu")]
    [InlineData("+16715550123", "Pacific/Guam")]
    [InlineData("+16842331234", "Pacific/Pago_Pago")]
    [InlineData("+447400123456", "Europe/London")]
    [InlineData("+447797123456", "Europe/London")] // Jersey's clock
    [InlineData("+4915123456789", "Europe/Berlin")] // Büsingen's is Zürich's, and the same
    [InlineData("+77011234567", "Asia/Almaty")] // libphonenumber says all of +7, and Bucharest
    [InlineData("+262692123456", "Indian/Reunion")]
    [InlineData("+50581234567", "America/Managua")] // libphonenumber says Chicago
    [InlineData("+213551234567", "Africa/Algiers")] // and Paris
    [InlineData("+212650123456", "Africa/Casablanca")] // and the Canary Islands
    [InlineData("+38343201234", "Europe/Belgrade")] // Kosovo, which is on no map of zones
    [InlineData("+2478999", "Atlantic/St_Helena")]
    public void Of_NumberOfOneClock_IsThatClock(string number, string zone)
    {
        var zones = NumberZones.Of(number);

        Assert.True(zones.IsOne);
        AssertSame(ZoneSet.Of(zone), zones);
    }

    [Theory]
    [InlineData("+18763012345", "America/Jamaica")]
    [InlineData("+16582345678", "America/Jamaica")] // its newer area code
    [InlineData("+18682911234", "America/Port_of_Spain")]
    [InlineData("+12423591234", "America/Nassau")]
    [InlineData("+14412345678", "Atlantic/Bermuda")]
    [InlineData("+18092345678", "America/Santo_Domingo")]
    [InlineData("+17872345678", "America/Puerto_Rico")]
    public void Of_Caribbean_IsItsIslandsClock(string number, string zone) => AssertSame(ZoneSet.Of(zone), NumberZones.Of(number));

    [Theory]
    [InlineData("+18005550100", "US")]
    [InlineData("+18882345678", "US")]
    [InlineData("+79161234567", "RU")]
    [InlineData("+61412345678", "AU")]
    [InlineData("+34612345678", "ES")]
    public void Of_NumberOfAWholeCountry_IsOfNoOther(string number, string region)
    {
        var zones = NumberZones.Of(number);

        Assert.True(zones.Zones.Count > 1);
        AssertSame(zones, zones.Intersect(NumberZones.OfRegion(region)));
    }

    // libphonenumber says Bucharest for Kaliningrad, for its landlines and among those of every mobile.
    [Theory]
    [InlineData("+79161234567")]
    [InlineData("+74012123456")]
    public void Of_Russian_IsWithKaliningrad(string number) => AssertSame(NumberZones.OfRegion("RU"), NumberZones.Of(number));

    [Theory]
    [InlineData("+19242345678")] // Minnesota, since 2025
    [InlineData("+15551230001")]
    [InlineData("+12342")]
    public void Of_UnknownAreaCodeOfNorthAmerica_IsEveryStateAndProvince(string number)
    {
        var zones = NumberZones.Of(number);

        AssertSame(ZoneSet.Union([NumberZones.OfRegion("US"), NumberZones.OfRegion("CA")]), zones);
        AssertSame(zones, ZoneSet.Union([zones, ZoneSet.Of("Pacific/Honolulu"), ZoneSet.Of("America/St_Johns")]));
        Assert.True(zones.Intersect(ZoneSet.Of("Pacific/Guam")).IsNone);
    }

    [Fact]
    public void Of_UnknownRangeOfRussiaOrKazakhstan_IsBoth() =>
        AssertSame(ZoneSet.Union([NumberZones.OfRegion("RU"), NumberZones.OfRegion("KZ")]), NumberZones.Of("+72001234567"));

    [Fact]
    public void Of_UnknownRangeOfOneCountry_IsTheCountry() => AssertSame(NumberZones.OfRegion("BR"), NumberZones.Of("+5500000000"));

    [Theory]
    [InlineData("+88312345678")]
    [InlineData("+870773111632")]
    [InlineData("+80012345678")]
    [InlineData("+99912345678")]
    [InlineData("+")]
    public void Of_NumberOfNoCountry_IsNone(string number) => Assert.True(NumberZones.Of(number).IsNone);

    [Fact]
    public void Of_SameKindOfNumber_IsTheSameObject() => Assert.Same(NumberZones.Of("+79161234567"), NumberZones.Of("+79031112233"));

    [Property(MaxTest = 500)]
    public Property Of_ExampleOfAnyRegionAndKind_HasZonesOfThatRegionOnly() => Prop.ForAll(
        Gen.Elements(Library.GetSupportedRegions().Order(StringComparer.Ordinal).ToArray()).Zip(Gen.Elements(Enum.GetValues<PhoneNumberType>())).ToArbitrary(),
        each =>
        {
            if (Library.GetExampleNumberForType(each.Item1, each.Item2) is not { } example)
            {
                return true;
            }

            var zones = NumberZones.Of(Library.Format(example, PhoneNumberFormat.E164));
            var region = NumberZones.OfRegion(Library.GetRegionCodeForNumber(example) ?? each.Item1);
            return !zones.IsNone && zones.Intersect(region).Zones.Count == zones.Zones.Count;
        });

    [Property(MaxTest = 500)]
    public Property Around_AnyNumber_HoldsItsZones() => Prop.ForAll(
        Gen.Elements(Library.GetSupportedCallingCodes().Append(1).Append(7).Append(61).ToArray()).Zip(Gen.Choose(20_000_000, 999_999_999)).ToArbitrary(),
        each =>
        {
            var number = $"+{each.Item1}{each.Item2}";
            var (zones, around) = (NumberZones.Of(number), NumberZones.Around(number));
            return zones.Intersect(around).Zones.Count == zones.Zones.Count;
        });

    // As clocks, whatever the zones are called.
    private static void AssertSame(ZoneSet expected, ZoneSet actual)
    {
        Assert.Equal(Names(expected), Names(expected.Intersect(actual)));
        Assert.Equal(Names(actual), Names(actual.Intersect(expected)));
    }

    private static IEnumerable<string> Names(ZoneSet set) => set.Zones.Select(zone => zone.Id);
}
