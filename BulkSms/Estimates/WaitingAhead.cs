using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Queues;
using BulkSms.SendingControl;
using BulkSms.Storage;

namespace BulkSms.Estimates;

/// <summary>
/// About how much waits in the queue before a broadcast. No recipient is counted: the queue says how many messages it has, and the broadcasts' rows say which of them are not due
/// and what a message weighs.
/// </summary>
public sealed class WaitingAhead(BroadcastStore store, OutboundQueue outbound, ControlCache controls, TimeProvider time)
{
    /// <summary>An estimate is given without it when storage takes longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>For so long a reading serves broadcasts that are asked for again and again.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    /// <summary>With more broadcasts under way it is not told: each is a storage call.</summary>
    private const int MostBroadcasts = 100;

    private readonly Known?[] known = new Known?[2];

    /// <summary>Segments of a profile that are due and wait before a broadcast that is accepted now; null: it cannot be told.</summary>
    public async Task<long?> SegmentsAsync(string profile, bool isHigh, CancellationToken cancellation) =>
        await ReadAsync(isHigh, cancellation) is { } now ? Before(now, profile, isHigh, null, 0) : null;

    /// <summary>Segments that are due and wait before a broadcast that was accepted; null: it cannot be told. It may be as it was some seconds ago.</summary>
    /// <param name="broadcast">The broadcast.</param>
    /// <param name="waiting">Recipients of its own who wait.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<long?> SegmentsAsync(Broadcast broadcast, int waiting, CancellationToken cancellation)
    {
        var place = broadcast.IsHigh ? 1 : 0;
        var now = Volatile.Read(ref known[place]) is { IsOld.HasPassed: false } kept ? kept : null;
        if (now is null && (now = await ReadAsync(broadcast.IsHigh, cancellation)) is not null)
        {
            Volatile.Write(ref known[place], now);
        }

        return now is null ? null : Before(now, broadcast.Profile, broadcast.IsHigh, broadcast, waiting);
    }

    private async Task<Known?> ReadAsync(bool isHigh, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var isOld = new Deadline(time, MaxAge);
            var queue = outbound.CountAsync(isHigh, either.Token);
            var active = await store.ListActiveAsync(either.Token).Take(MostBroadcasts + 1).ToListAsync(either.Token);
            return await queue switch
            {
                0 => new([], 0, null, isOld),
                _ when active.Count > MostBroadcasts => null,
                var messages => new(
                    [.. (await Task.WhenAll(active.Select(id => store.FindWithoutRecipientsAsync(id, either.Token)))).OfType<Broadcast>()],
                    messages, await controls.ReadAsync().WaitAsync(either.Token), isOld),
            };
        }
        catch (Exception e) when (e.IsUnavailable() || e is OperationCanceledException)
        {
            return null;
        }
    }

    private long Before(Known known, string profile, bool isHigh, Broadcast? own, int waiting)
    {
        var (due, later, segments, now) = (0.0, 0.0, 0.0, time.GetUtcNow());
        foreach (var broadcast in known.Broadcasts.Where(broadcast =>
            broadcast is { HandedOverAt: null, CompletedAt: null } && (broadcast.IsHigh || !isHigh) && broadcast.Id != own?.Id)) // nothing else goes before high priority
        {
            var notDue = broadcast.FannedOut * NotDue(broadcast, now);
            later += notDue;
            if (known.Held!.Of(broadcast.Id, broadcast.IsCanceled) is null)
            {
                due += broadcast.FannedOut - notDue;
                segments += (own is null || IsBefore(broadcast, own)) && profile.Equals(broadcast.Profile, StringComparison.OrdinalIgnoreCase) ? (broadcast.FannedOut - notDue) * Weight(broadcast) : 0; // no profile waits for another
            }
        }

        return due == 0 ? 0 : (long)(Math.Clamp(known.Messages - later - waiting, 0, due) * segments / due);
    }

    private static bool IsBefore(Broadcast other, Broadcast broadcast) =>
        (other.IsHigh && !broadcast.IsHigh) || (other.Times().Begins, other.CreatedAt).CompareTo((broadcast.Times().Begins, broadcast.CreatedAt)) < 0;

    // The share of its recipients who are not due yet.
    private static double NotDue(Broadcast broadcast, DateTimeOffset now)
    {
        var times = broadcast.Times();
        return times.Begins > now ? 1 : times.Over is { } over ? Math.Clamp(1 - ((now - times.Begins) / over), 0, 1) : 0;
    }

    private static double Weight(Broadcast broadcast) =>
        broadcast.TotalSegments is { } total && broadcast.RecipientsCount > 0 ? (double)total / broadcast.RecipientsCount : broadcast.Segments.Count;

    /// <param name="Broadcasts">Those under way; empty: nothing waits.</param>
    /// <param name="Messages">About how many send jobs there are.</param>
    /// <param name="Held">What is held; null: nothing waits.</param>
    /// <param name="IsOld">Whether it is to be read again.</param>
    private sealed record Known(IReadOnlyList<Broadcast> Broadcasts, int Messages, ControlSet? Held, Deadline IsOld);
}
