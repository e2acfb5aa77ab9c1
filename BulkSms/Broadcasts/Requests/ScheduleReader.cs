using BulkSms.Http;

namespace BulkSms.Broadcasts.Requests;

/// <summary>The fields that say when: <c>sendAt</c>, <c>sendOver</c> and <c>expiresAt</c>.</summary>
internal static class ScheduleReader
{
    public const string SendAt = "sendAt";
    public const string SendOver = "sendOver";
    public const string ExpiresAt = "expiresAt";

    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(90);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);

    // What can become wrong as time passes is not asked here (TimedRequest does): the repeat of a request that came in time is answered as the first was.
    public static (DateTimeOffset? SendAt, TimeSpan? SendOver, DateTimeOffset? ExpiresAt) Read(IRequestFields fields, DateTimeOffset now, FieldErrors errors)
    {
        var (sendAt, expiresAt) = (ReadTime(fields, SendAt, errors), ReadTime(fields, ExpiresAt, errors));
        if (sendAt - now > LongestAhead)
        {
            errors.Add(fields.PathOf(SendAt), $"must be at most {LongestAhead.TotalDays} days ahead");
        }

        if (expiresAt <= sendAt)
        {
            errors.Add(fields.PathOf(ExpiresAt), $"must be after {SendAt}");
        }

        if (expiresAt - (sendAt > now ? sendAt : now) > LongestLife)
        {
            errors.Add(fields.PathOf(ExpiresAt), $"must be at most {LongestLife.TotalDays} days after it is due");
        }

        return (sendAt, ReadDuration(fields, errors), expiresAt);
    }

    private static DateTimeOffset? ReadTime(IRequestFields fields, string name, FieldErrors errors)
    {
        if (!fields.TryFind(name, out var field))
        {
            return null;
        }

        if (field.TryGetText(out var text) && RequestTime.TryParse(text, out var time))
        {
            return time;
        }

        errors.Add(fields.PathOf(name), RequestTime.Fault);
        return null;
    }

    private static TimeSpan? ReadDuration(IRequestFields fields, FieldErrors errors)
    {
        if (!fields.TryFind(SendOver, out var field))
        {
            return null;
        }

        var duration = field.TryGetText(out var text) ? SpreadDuration.Parse(text) : null;
        if (duration is null)
        {
            errors.Add(fields.PathOf(SendOver), "must be a duration from a minute to seven days, such as PT3H or P1DT12H");
        }

        return duration;
    }
}
