using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;
using PhoneNumbers;

namespace BulkSms.Broadcasts;

/// <summary>
/// The hours of the night in which nobody is texted, in the recipient's own time: the zones are told by the number. A number with several zones (a
/// toll-free one, a whole country's mobile ones) is texted when it is night in none of them.
/// </summary>
/// <param name="From">When it gets quiet, by the recipient's clock.</param>
/// <param name="To">When it ends; before <paramref name="From"/> it is that of the next day.</param>
/// <param name="Fallback">The zone of numbers that tell none, an IANA name such as <c>Europe/Berlin</c>.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, string Fallback)
{
    /// <summary>The zone of numbers that tell none, unless the request says otherwise.</summary>
    public const string DefaultFallback = "Etc/UTC";

    private const string TimeForm = "HH:mm";

    /// <summary>How far ahead a time is looked for on which all zones of a number agree.</summary>
    private static readonly Duration Ahead = Duration.FromHours(48);

    // What ends in an hour that the clocks skip ends when they have; what ends in one that they repeat ends in the first.
    private static readonly ZoneLocalMappingResolver ChangingClocks =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();
    private static readonly PhoneNumberToTimeZonesMapper Zones = PhoneNumberToTimeZonesMapper.GetInstance();

    /// <summary>Whether there is such a zone.</summary>
    public static bool IsZone(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is not null;

    /// <summary>Reads what <see cref="ToString"/> writes, and a time of a request (<c>21:00</c>).</summary>
    public static bool TryParseTime(string? text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    /// <summary><c>21:00-08:00 Europe/Berlin</c></summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{From.ToString(TimeForm, CultureInfo.InvariantCulture)}-{To.ToString(TimeForm, CultureInfo.InvariantCulture)} {Fallback}");

    /// <summary>Null for a text that <see cref="ToString"/> did not write.</summary>
    public static QuietHours? Parse(string? text) =>
        text?.Split(' ', '-') is [var from, var to, ..] && TryParseTime(from, out var begins) && TryParseTime(to, out var ends)
        && text.IndexOf(' ', StringComparison.Ordinal) is var blank and > 0 && IsZone(text[(blank + 1)..])
            ? new(begins, ends, text[(blank + 1)..])
            : null;

    /// <summary>The first moment, from one on, at which a number may be texted; null when its zones do not agree on any within two days.</summary>
    /// <param name="number">E.164.</param>
    /// <param name="earliest">Not before.</param>
    public DateTimeOffset? FirstAllowed(string number, DateTimeOffset earliest)
    {
        var zones = ZonesOf(number);
        var (start, now) = (Instant.FromDateTimeOffset(earliest), Instant.FromDateTimeOffset(earliest));
        while (now - start <= Ahead)
        {
            if (zones.Select(zone => EndOfQuiet(now, zone)).Max() is not { } later)
            {
                return now == start ? earliest : now.ToDateTimeOffset();
            }

            now = later;
        }

        return null;
    }

    private IReadOnlyList<DateTimeZone> ZonesOf(string number)
    {
        DateTimeZone[] known;
        try
        {
            known = [.. Zones.GetTimeZonesForNumber(Numbers.Parse(number, "ZZ")).Select(DateTimeZoneProviders.Tzdb.GetZoneOrNull).OfType<DateTimeZone>()];
        }
        catch (NumberParseException)
        {
            known = [];
        }

        var told = known.Where(zone => zone.Id is not "Etc/Unknown").ToArray();
        return told.Length > 0 ? told : [DateTimeZoneProviders.Tzdb[Fallback]];
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
}
