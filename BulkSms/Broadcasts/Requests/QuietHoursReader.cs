using BulkSms.Http;

namespace BulkSms.Broadcasts.Requests;

/// <summary>The field <c>quietHours</c>: in JSON an object, elsewhere the text that <see cref="QuietHours"/> writes (<c>21:00-08:00 Europe/Berlin</c>).</summary>
internal static class QuietHoursReader
{
    public const string Name = "quietHours";
    private const string From = "from";
    private const string To = "to";
    private const string TimeZone = "timeZone";

    public static QuietHours? Read(IRequestFields fields, FieldErrors errors)
    {
        if (!fields.TryFind(Name, out var field))
        {
            return null;
        }

        var hours = field.TryGetObject(out var parts) ? ReadParts(parts, errors) : field.IsPlain ? ReadText(field) : null;
        if (hours is null ? parts is null : hours.From == hours.To)
        {
            errors.Add(fields.PathOf(Name), hours is not null ? "must not be the whole day"
                : field.IsPlain ? "must be two times of day and, if you like, the zone of numbers that tell several or none, such as 21:00-08:00 Europe/Berlin"
                : "must be an object, such as {\"from\": \"21:00\", \"to\": \"08:00\"}");
        }

        return hours;
    }

    private static QuietHours? ReadText(RequestField field) => field.TryGetText(out var text) ? QuietHours.Parse(text) : null;

    private static QuietHours? ReadParts(IRequestFields parts, FieldErrors errors)
    {
        foreach (var name in parts.Names.Where(name => name is not (From or To or TimeZone)))
        {
            errors.Add(parts.PathOf(name), "is not a known field");
        }

        var (from, to) = (ReadTime(parts, From, errors), ReadTime(parts, To, errors));
        string? zone = null;
        if (parts.TryFind(TimeZone, out var field) && !(field.TryGetText(out zone) && QuietHours.IsZone(zone)))
        {
            errors.Add(parts.PathOf(TimeZone), "must be an IANA time zone, such as Europe/Berlin");
        }

        return from is { } begins && to is { } ends ? new(begins, ends, zone) : null;
    }

    private static TimeOnly? ReadTime(IRequestFields parts, string name, FieldErrors errors)
    {
        if (parts.TryFind(name, out var field) && field.TryGetText(out var text) && QuietHours.TryParseTime(text, out var time))
        {
            return time;
        }

        errors.Add(parts.PathOf(name), "must be a time of day, such as 21:00");
        return null;
    }
}
