using System.Globalization;
using BulkSms.Recipients;
using NodaTime;
using NodaTime.TimeZones;

namespace BulkSms.Broadcasts;

/// <summary>
/// The hours of the night in which recipients are not texted, in the recipient's own time: the number tells the zones. A number with several zones (a toll-free one, a
/// whole country's mobile ones) is texted when it is quiet in none of them.
/// </summary>
/// <param name="From">When it gets quiet, by the recipient's clock.</param>
/// <param name="To">When it ends; before <paramref name="From"/> it is that of the next day.</param>
/// <param name="TimeZone">The zone of numbers that tell several or none, an IANA name such as <c>Europe/Berlin</c>; null: it was not given.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, string? TimeZone = null)
{
    private const string TimeForm = "HH:mm";

    /// <summary>How far ahead a moment is looked for that suits all zones of a number, when nothing ends the search before.</summary>
    private static readonly Duration Ahead = Duration.FromHours(48);

    /// <summary>How far ahead at most: longer than any message lives.</summary>
    private static readonly Duration Farthest = Duration.FromDays(31);

    // What begins or ends in an hour that the clocks skip does so when they have; in one that they repeat, in the first.
    private static readonly ZoneLocalMappingResolver ChangingClocks =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>Whether there is such a zone.</summary>
    public static bool IsZone(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is not null;

    /// <summary>Reads what <see cref="ToString"/> writes, and a time of a request (<c>21:00</c>).</summary>
    public static bool TryParseTime(string? text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    /// <summary>A time as <see cref="TryParseTime"/> reads it.</summary>
    public static string Write(TimeOnly time) => time.ToString(TimeForm, CultureInfo.InvariantCulture);

    /// <summary><c>21:00-08:00 Europe/Berlin</c>, or <c>21:00-08:00</c> without a zone.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Write(From)}-{Write(To)}{(TimeZone is null ? "" : " ")}{TimeZone}");

    /// <summary>Null for a text that <see cref="ToString"/> did not write.</summary>
    public static QuietHours? Parse(string? text)
    {
        var (times, zone) = text?.Split(' ', 2) switch
        {
            [var alone] => (alone, null),
            [var first, var second] => (first, second),
            _ => ("", null),
        };
        return times.Split('-') is [var from, var to] && TryParseTime(from, out var begins) && TryParseTime(to, out var ends) && (zone is null || IsZone(zone))
            ? new(begins, ends, zone)
            : null;
    }

    /// <summary>The zones that count for a number: its own, but <see cref="TimeZone"/> when it tells several or none.</summary>
    /// <param name="number">E.164.</param>
    public ZoneSet ZonesOf(string number)
    {
        var own = NumberZones.Of(number);
        return TimeZone is null || own.IsOne ? own : ZoneSet.Of(TimeZone);
    }

    /// <summary>The first moment, from one on, at which it is quiet in none of some zones; null: there is none in time, or no zone is known.</summary>
    /// <param name="zones">See <see cref="ZonesOf"/>.</param>
    /// <param name="earliest">Not before.</param>
    /// <param name="end">Before this; null: within two days.</param>
    public DateTimeOffset? FirstAllowed(ZoneSet zones, DateTimeOffset earliest, DateTimeOffset? end = null)
    {
        if (zones.IsNone)
        {
            return null;
        }

        var start = Instant.FromDateTimeOffset(earliest);
        var last = end is { } given ? Instant.Min(Instant.FromDateTimeOffset(given), start + Farthest) : start + Ahead;
        for (var now = start; now < last;)
        {
            if (LatestEnd(now, zones) is not { } later)
            {
                return now == start ? earliest : now.ToDateTimeOffset();
            }

            now = later;
        }

        return null;
    }

    /// <summary>When it next gets quiet in one of some zones, after a moment at which it is quiet in none.</summary>
    public DateTimeOffset NextQuiet(ZoneSet zones, DateTimeOffset from)
    {
        var now = Instant.FromDateTimeOffset(from);
        return zones.Zones.Min(zone => StartOfQuiet(now, zone)).ToDateTimeOffset();
    }

    // Null when it is quiet nowhere.
    private Instant? LatestEnd(Instant now, ZoneSet zones)
    {
        Instant? latest = null;
        foreach (var zone in zones.Zones)
        {
            if (EndOfQuiet(now, zone) is { } end && !(latest >= end))
            {
                latest = end;
            }
        }

        return latest;
    }

    // Null when it is not quiet there.
    private Instant? EndOfQuiet(Instant now, DateTimeZone zone)
    {
        var local = now.InZone(zone);
        var (from, to, time) = (LocalTime.FromTimeOnly(From), LocalTime.FromTimeOnly(To), local.TimeOfDay);
        var overMidnight = from > to;
        var isQuiet = overMidnight ? time >= from || time < to : time >= from && time < to;
        if (!isQuiet)
        {
            return null;
        }

        var day = overMidnight && time >= from ? local.Date.PlusDays(1) : local.Date;
        var end = (day + to).InZone(zone, ChangingClocks).ToInstant();
        return end > now ? end : now + Duration.FromMinutes(1); // in the second of two hours that are called the same
    }

    private Instant StartOfQuiet(Instant now, DateTimeZone zone)
    {
        var (today, from) = (now.InZone(zone).Date, LocalTime.FromTimeOnly(From));
        var start = (today + from).InZone(zone, ChangingClocks).ToInstant();
        return start > now ? start : (today.PlusDays(1) + from).InZone(zone, ChangingClocks).ToInstant();
    }
}
