using System.Collections.Concurrent;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts;

/// <summary>When recipients may be texted who share their time zones.</summary>
/// <param name="Zones">Their time zones; null when there are no quiet hours: then they do not matter.</param>
/// <param name="DueAt">Not before; null: no moment suits.</param>
/// <param name="ExpiresAt">Not from then on.</param>
public sealed record SendTime(ZoneSet? Zones, DateTimeOffset? DueAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether there is a moment at which they may be texted.</summary>
    public bool IsInTime => DueAt < ExpiresAt;
}

/// <summary>
/// When each recipient of a broadcast may be texted: by the schedule, and not in the quiet hours. The door, the preview and fan-out all ask this. It is worked out
/// once for all that share their time zones.
/// </summary>
/// <param name="begins">When the broadcast is due, or was accepted if that is later.</param>
/// <param name="expiresAt">When the request lets it expire; null: it does not say.</param>
/// <param name="life">How long after it is due a message may be sent, when the request does not say.</param>
/// <param name="quiet">The quiet hours; null: there are none.</param>
/// <param name="over">How long the broadcast is spread over; null: all are due at once.</param>
public sealed class SendTimes(DateTimeOffset begins, DateTimeOffset? expiresAt, TimeSpan life, QuietHours? quiet, TimeSpan? over = null)
{
    private readonly Spread? spread = over is { } length ? new(begins, length, quiet) : null;
    private readonly ConcurrentDictionary<ZoneSet, SendTime> byZones = new();
    private readonly SendTime withoutQuiet = new(null, begins, expiresAt ?? begins + life);

    /// <summary>When the broadcast is due, quiet hours apart.</summary>
    public DateTimeOffset Begins => begins;

    /// <summary>When those expire that are due when the broadcast is.</summary>
    public DateTimeOffset ExpiresAt => withoutQuiet.ExpiresAt;

    public QuietHours? Quiet => quiet;

    /// <summary>How long the broadcast is spread over; null: all are due at once.</summary>
    public TimeSpan? Over => over;

    /// <summary>These without quiet hours.</summary>
    public SendTimes WithoutQuiet() => new(begins, expiresAt, life, null, over);

    /// <summary>These with all due at once.</summary>
    public SendTimes WithoutSpread() => new(begins, expiresAt, life, quiet);

    /// <summary>When one recipient may be texted, and is due.</summary>
    /// <param name="number">E.164.</param>
    /// <param name="index">The recipient's place in the list.</param>
    /// <param name="count">Recipients of the list.</param>
    public SendTime For(string number, int index, int count)
    {
        var time = For(number);
        return spread?.At(time.Zones, index, count) is { } due ? time with { DueAt = due } : time;
    }

    /// <summary>When one recipient may be texted first.</summary>
    /// <param name="number">E.164.</param>
    public SendTime For(string number) => quiet is null ? withoutQuiet : ForAll(quiet.ZonesOf(number));

    /// <summary>
    /// Whether one recipient can be reached in time, asked first of all zones of the calling code: a moment that suits all of them suits some of them. Of a hundred thousand
    /// numbers hardly one has to be read.
    /// </summary>
    /// <param name="number">E.164.</param>
    public bool Reaches(string number) =>
        quiet is null
        || (Suits(NumberZones.Around(number)) && (quiet.TimeZone is null || Suits(ZoneSet.Of(quiet.TimeZone))))
        || Suits(quiet.ZonesOf(number));

    private bool Suits(ZoneSet zones) => ForAll(zones).IsInTime && spread?.Reaches(zones) is not false;

    private SendTime ForAll(ZoneSet zones) => byZones.GetOrAdd(zones, Find);

    private SendTime Find(ZoneSet zones)
    {
        var due = quiet!.FirstAllowed(zones, begins);
        return expiresAt is { } end
            ? new(zones, due < end ? due : quiet.FirstAllowed(zones, begins, end) ?? due, end)
            : new(zones, due, (due ?? begins) + life);
    }
}
