using BulkSms.Broadcasts;
using BulkSms.Recipients;

namespace BulkSms.Estimates;

/// <summary>What is left of a broadcast that was accepted, as shares that drain: some of its recipients stand for all.</summary>
/// <param name="broadcast">The broadcast.</param>
/// <param name="waiting">Recipients with a row who wait.</param>
/// <param name="rest">Recipients without a row yet.</param>
/// <param name="sample">Some rows: those that wait, if there are any.</param>
internal sealed class RemainingShares(Broadcast broadcast, int waiting, int rest, IReadOnlyList<DueRow> sample)
{
    /// <summary>How many stand for all where no row is known and all are alike.</summary>
    private const int Alike = 100;

    /// <summary>Segments of all.</summary>
    public double Weight { get; } = sample.Count == 0 ? broadcast.Segments.Count : sample.Average(row => row.Segments ?? broadcast.Segments.Count);

    /// <summary>Whether nothing is known of them: not even their time zones, which matter.</summary>
    public bool AreUnknown => sample.Count == 0 && (waiting > 0 || broadcast.Quiet is not null);

    /// <summary>The shares of those that wait.</summary>
    /// <param name="quiet">The quiet hours; null: none count.</param>
    /// <param name="isSpread">Whether each is due when its row says; else when the broadcast is, or when the quiet hours let it.</param>
    public DrainShares Waiting(QuietHours? quiet, bool isSpread)
    {
        var (shares, times) = (new DrainShares(), broadcast.Times());
        foreach (var (index, row) in sample.Index().Take(waiting == 0 ? 0 : sample.Count))
        {
            var due = isSpread ? row.DueAt ?? times.Begins : times.Begins;
            Add(shares, times, new(quiet?.ZonesOf(row.To), due, row.ExpiresAt ?? broadcast.ExpiresAt), Part(waiting, index, sample.Count), row);
        }

        return shares;
    }

    /// <summary>Adds those without a row.</summary>
    /// <param name="shares">To these.</param>
    /// <param name="quiet">The quiet hours; null: none count.</param>
    /// <param name="isSpread">Whether they are spread over a time, if the broadcast is.</param>
    /// <param name="from">They are not due before.</param>
    public void AddRest(DrainShares shares, QuietHours? quiet, bool isSpread, DateTimeOffset from)
    {
        var times = Decided(from).Times();
        times = quiet is null ? times.WithoutQuiet() : times;
        times = isSpread ? times : times.WithoutSpread();
        IReadOnlyList<DueRow> rows = sample.Count > 0 ? sample : [.. Enumerable.Repeat(new DueRow("", null, null, null), Alike)];
        foreach (var (index, row) in rows.Index().Take(rest == 0 ? 0 : rows.Count))
        {
            var time = times.For(row.To, index, rows.Count);
            Add(shares, times, time with { DueAt = time.DueAt > from ? time.DueAt : from }, Part(rest, index, rows.Count), row);
        }
    }

    private Broadcast Decided(DateTimeOffset at) => broadcast.WaitsForCanary ? broadcast with { CanaryResult = broadcast.CanaryResult! with { DecidedAt = at } } : broadcast;

    private void Add(DrainShares shares, SendTimes times, SendTime time, int recipients, DueRow row) =>
        shares.Add(time, times.Begins, times.Over, recipients, (long)recipients * (row.Segments ?? broadcast.Segments.Count));

    // Of so many, those that one of a sample stands for: all parts together are as many.
    private static int Part(int all, int index, int count) => (int)(((long)all * (index + 1) / count) - ((long)all * index / count));
}
