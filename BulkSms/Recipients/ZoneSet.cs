using System.Collections.Concurrent;
using NodaTime;
using NodaTime.TimeZones;

namespace BulkSms.Recipients;

/// <summary>Time zones that a person may live in. Those whose clocks always show the same count once.</summary>
public sealed class ZoneSet
{
    /// <summary>The years in which zones must agree to be one: what was before concerns no message.</summary>
    private static readonly Interval Years = new(Instant.FromUtc(2025, 1, 1, 0, 0), Instant.FromUtc(2050, 1, 1, 0, 0));

    private static readonly ZoneEqualityComparer SameClock = ZoneEqualityComparer.ForInterval(Years);
    private static readonly ConcurrentDictionary<string, ZoneSet> ByName = new(StringComparer.Ordinal);

    private ZoneSet(IEnumerable<DateTimeZone> zones) => Zones = [.. zones.Distinct(SameClock)];

    /// <summary>Nothing is known.</summary>
    public static ZoneSet None { get; } = new([]);

    public IReadOnlyList<DateTimeZone> Zones { get; }

    public bool IsNone => Zones.Count == 0;

    /// <summary>Whether it is clear what time it is there.</summary>
    public bool IsOne => Zones.Count == 1;

    /// <summary>The set of zones by their IANA names; none when one of the names is not known: the others alone would say too much.</summary>
    public static ZoneSet Of(IEnumerable<string> names)
    {
        var zones = names.Select(DateTimeZoneProviders.Tzdb.GetZoneOrNull).ToArray();
        return Array.TrueForAll(zones, zone => zone is not null) ? new(zones.OfType<DateTimeZone>()) : None;
    }

    /// <summary>The set of one zone, always the same object.</summary>
    public static ZoneSet Of(string name) => ByName.GetOrAdd(name, static name => Of([name]));

    /// <summary>What is in one of several sets.</summary>
    public static ZoneSet Union(IEnumerable<ZoneSet> sets) => new(sets.SelectMany(set => set.Zones));

    /// <summary>What is in both.</summary>
    public ZoneSet Intersect(ZoneSet other) => new(Zones.Intersect(other.Zones, SameClock));
}
