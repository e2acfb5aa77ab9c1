using System.Collections.Concurrent;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts;

/// <summary>
/// Spreads recipients evenly over a window: the first is due when it begins, the last just before it ends, and each by its place in the list alone, so that a fan-out that runs
/// again says the same. Where there are quiet hours, those who share their time zones are spread over what is left of the window.
/// </summary>
/// <param name="begins">When the window begins.</param>
/// <param name="over">How long it is.</param>
/// <param name="quiet">The quiet hours; null: there are none.</param>
public sealed class Spread(DateTimeOffset begins, TimeSpan over, QuietHours? quiet)
{
    private readonly Part[] whole = [new(begins, over)];
    private readonly ConcurrentDictionary<ZoneSet, Part[]> byZones = new();

    /// <summary>When the window ends.</summary>
    public DateTimeOffset Ends => begins + over;

    /// <summary>Whether the window has a moment for those of these time zones.</summary>
    public bool Reaches(ZoneSet zones) => PartsOf(zones).Length > 0;

    /// <summary>When a recipient is due.</summary>
    /// <param name="zones">The recipient's time zones; null when there are no quiet hours.</param>
    /// <param name="index">The recipient's place in the list.</param>
    /// <param name="count">Recipients of the list.</param>
    /// <returns>Null: all of the window is quiet.</returns>
    public DateTimeOffset? At(ZoneSet? zones, int index, int count)
    {
        var parts = zones is null || quiet is null ? whole : PartsOf(zones);
        var left = LengthOf(parts) * ((double)index / Math.Max(count, 1));
        foreach (var part in parts)
        {
            if (left < part.Length)
            {
                return part.From + TimeSpan.FromSeconds(Math.Floor(left.TotalSeconds)); // queues count whole seconds
            }

            left -= part.Length;
        }

        return null;
    }

    private static TimeSpan LengthOf(Part[] parts) => parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Length);

    private Part[] PartsOf(ZoneSet zones) => byZones.GetOrAdd(zones, all => [.. Find(all)]);

    private IEnumerable<Part> Find(ZoneSet zones)
    {
        var from = quiet!.FirstAllowed(zones, begins, Ends);
        while (from is { } start && start < Ends)
        {
            var end = quiet.NextQuiet(zones, start) is { } night && night < Ends ? night : Ends;
            yield return new(start, end - start);
            from = end < Ends ? quiet.FirstAllowed(zones, end, Ends) : null;
        }
    }

    private readonly record struct Part(DateTimeOffset From, TimeSpan Length);
}
