using BulkSms.Broadcasts;

namespace BulkSms.Estimates;

/// <summary>
/// Lets shares of a broadcast pass through the rate in the order in which they are due, as the queue does: those that are due at once side by side, in proportion. A share
/// whose quiet hours begin before it is through goes on when they end.
/// </summary>
/// <param name="quiet">The quiet hours; null: there are none.</param>
/// <param name="rate">Segments a second.</param>
internal sealed class DrainSimulation(QuietHours? quiet, double rate)
{
    /// <summary>Runs it.</summary>
    /// <param name="shares">At least one, each with a moment at which it is due.</param>
    /// <param name="freeAt">When what waits before them is through.</param>
    /// <returns>When the last segment is through, or null when some never are; and the recipients whose messages expire.</returns>
    public (DateTimeOffset? CompletesAt, int Expiring) Run(IEnumerable<DrainShare> shares, DateTimeOffset freeAt)
    {
        var waiting = shares.Select(share => new Waiting(share)).ToList();
        var (now, expiring) = (freeAt, 0);
        while (waiting.Count > 0)
        {
            var first = waiting.Min(share => share.ReadyAt);
            now = now > first ? now : first;
            var turn = waiting.FindAll(share => share.ReadyAt == first);
            if (turn.FindAll(share => !share.IsItsTurn(quiet, now)) is { Count: > 0 } others)
            {
                expiring += others.Where(share => share.HasExpired).Sum(share => share.Recipients);
                waiting.RemoveAll(share => share.HasExpired);
                continue;
            }

            now = Pass(turn, now);
            waiting.RemoveAll(share => share.IsThrough);
        }

        return (expiring == 0 ? now : null, expiring);
    }

    // Until all of them are through, or one of them must stop.
    private DateTimeOffset Pass(List<Waiting> turn, DateTimeOffset now)
    {
        var left = turn.Sum(share => share.Left);
        var (through, stop) = (now + TimeSpan.FromSeconds(Math.Round(left / rate, 3)), turn.Min(share => share.MustStopAt(quiet, now)));
        var passed = through <= stop ? 1 : (stop - now).TotalSeconds * rate / left;
        turn.ForEach(share => share.Left *= 1 - passed);
        return through <= stop ? through : stop;
    }

    private sealed class Waiting(DrainShare share)
    {
        public DateTimeOffset ReadyAt { get; private set; } = share.Time.DueAt!.Value;

        public double Left { get; set; } = share.Segments;

        public bool IsThrough => Left <= 0;

        public bool HasExpired { get; private set; }

        /// <summary>Those whose message is not through.</summary>
        public int Recipients => (int)Math.Ceiling(Math.Round(Left / share.Segments * share.Recipients, 3));

        /// <summary>Whether it may pass now; else it has expired, or is ready later.</summary>
        public bool IsItsTurn(QuietHours? quiet, DateTimeOffset now)
        {
            var allowed = now >= share.Time.ExpiresAt ? null : quiet is null ? now : quiet.FirstAllowed(share.Time.Zones!, now, share.Time.ExpiresAt);
            HasExpired = allowed is null;
            ReadyAt = allowed > now ? allowed.Value : ReadyAt;
            return allowed == now;
        }

        public DateTimeOffset MustStopAt(QuietHours? quiet, DateTimeOffset now)
        {
            var night = quiet?.NextQuiet(share.Time.Zones!, now);
            return night < share.Time.ExpiresAt ? night.Value : share.Time.ExpiresAt;
        }
    }
}
