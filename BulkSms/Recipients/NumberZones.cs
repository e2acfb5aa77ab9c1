using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using NodaTime.TimeZones;
using PhoneNumbers;

namespace BulkSms.Recipients;

/// <summary>
/// The time zones that a number's owner may be in. libphonenumber knows zones by prefix, but for many kinds of numbers only those of the whole calling code, and
/// sometimes those of a foreign city with a similar clock. So they count only as far as the number's region has them; where none is left, or one of them is foreign to all
/// regions of the calling code, the region's own count.
/// </summary>
public static class NumberZones
{
    private const string NoRegion = "ZZ";
    private const string World = "001";
    private const string UnknownZone = "Etc/Unknown";
    private const int LongestPrefix = 4;

    /// <summary>Where a number of +1 may be whose region is not known: an area code that is newer than the metadata is in one of these.</summary>
    private static readonly string[] NorthAmerica = ["US", "CA"];

    /// <summary>Parts of +1 so far to the west that with them no hour would suit all of +1: what begins with these is nowhere else.</summary>
    private static readonly (string Prefix, string Region)[] Pacific = [("1670", "MP"), ("1671", "GU"), ("1684", "AS")];

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();
    private static readonly PhoneNumberToTimeZonesMapper Mapper = PhoneNumberToTimeZonesMapper.GetInstance();

    private static readonly ILookup<string, string> Locations =
        TzdbDateTimeZoneSource.Default.ZoneLocations!.ToLookup(location => location.CountryCode, location => location.ZoneId, StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, ZoneSet> Regions = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<(string Region, string Zones), ZoneSet> Known = new();

    private static readonly FrozenDictionary<string, Lazy<CallingCode>> CallingCodes = Library.GetSupportedCallingCodes()
        .Select(code => (
            Prefix: code.ToString(CultureInfo.InvariantCulture),
            Regions: Library.GetRegionCodesForCountryCode(code).Except(Pacific.Select(part => part.Region), StringComparer.Ordinal).ToArray()))
        .Concat(Pacific.Select(part => (part.Prefix, Regions: new[] { part.Region })))
        .ToFrozenDictionary(each => each.Prefix, each => new Lazy<CallingCode>(() => CallingCode.Of(each.Regions)), StringComparer.Ordinal);

    /// <summary>The zones of a number; none for one that belongs to no country.</summary>
    /// <param name="number">E.164.</param>
    public static ZoneSet Of(string number) =>
        FindCallingCode(number) is not { } code ? ZoneSet.None
        : code.All.Zones.Count <= 1 ? code.All // nothing that is asked could tell more
        : Find(number, code);

    /// <summary>All zones of a number's calling code, those of the number among them: known at once, while <see cref="Of"/> has to read the number.</summary>
    /// <param name="number">E.164.</param>
    public static ZoneSet Around(string number) => FindCallingCode(number)?.All ?? ZoneSet.None;

    /// <summary>The zones of a region.</summary>
    /// <param name="region">ISO 3166-1 alpha-2.</param>
    public static ZoneSet OfRegion(string region) => Regions.GetOrAdd(region, static region =>
        region is World or NoRegion ? ZoneSet.None
        : ZoneSet.Of(Locations[region]) is { IsNone: false } located ? located
        : Library.GetExampleNumber(region) is { } example ? ZoneSet.Of(Told(example)) // Kosovo and two islands are on no map of zones
        : ZoneSet.None);

    private static ZoneSet Find(string number, CallingCode code)
    {
        try
        {
            var parsed = Library.Parse(number, NoRegion);
            return Library.GetRegionCodeForNumber(parsed) is { } region and not NoRegion
                ? Known.GetOrAdd((region, string.Join(' ', Told(parsed))), static key => Narrow(key.Zones, key.Region))
                : code.Unknown;
        }
        catch (NumberParseException)
        {
            return code.Unknown;
        }
    }

    // Bucharest stands in for Kaliningrad: what is left of Russia's zones without it is not all of them.
    private static ZoneSet Narrow(string told, string region)
    {
        var zones = ZoneSet.Of(told.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var siblings = ZoneSet.Union(Library.GetRegionCodesForCountryCode(Library.GetCountryCodeForRegion(region)).Select(OfRegion));
        var areForeign = zones.Intersect(siblings).Zones.Count < zones.Zones.Count;
        return !areForeign && zones.Intersect(OfRegion(region)) is { IsNone: false } both ? both : OfRegion(region);
    }

    private static IEnumerable<string> Told(PhoneNumbers.PhoneNumber number) => Mapper.GetTimeZonesForNumber(number).Where(zone => zone != UnknownZone);

    private static CallingCode? FindCallingCode(string number)
    {
        for (var length = Math.Min(LongestPrefix, number.Length - 1); length > 0; length--)
        {
            if (CallingCodes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(number.AsSpan(1, length), out var code))
            {
                return code.Value;
            }
        }

        return null;
    }

    /// <param name="All">The zones of all its regions.</param>
    /// <param name="Unknown">The zones of a number whose region is not known.</param>
    private sealed record CallingCode(ZoneSet All, ZoneSet Unknown)
    {
        public static CallingCode Of(IReadOnlyCollection<string> regions)
        {
            var all = ZoneSet.Union(regions.Select(OfRegion));
            return new(all, regions.Contains(NorthAmerica[0], StringComparer.Ordinal) ? ZoneSet.Union(NorthAmerica.Select(OfRegion)) : all);
        }
    }
}
