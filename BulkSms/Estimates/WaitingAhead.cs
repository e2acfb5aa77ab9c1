using BulkSms.Broadcasts;
using BulkSms.Queues;
using BulkSms.SendingControl;
using BulkSms.Storage;

namespace BulkSms.Estimates;

/// <summary>
/// About how much waits in the queue before a broadcast that is accepted now. No recipient is counted: the queue says how many messages it has, and the broadcasts' rows say which of them are not due
/// and what a message weighs.
/// </summary>
public sealed class WaitingAhead(BroadcastStore store, OutboundQueue outbound, ControlCache controls, TimeProvider time)
{
    /// <summary>An estimate is given without it when storage takes longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>With more broadcasts under way it is not told: each is a storage call.</summary>
    private const int MostBroadcasts = 100;

    /// <summary>Segments of a profile that are due and wait; null: it cannot be told.</summary>
    public async Task<long?> SegmentsAsync(string profile, bool isHigh, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var queue = outbound.CountAsync(isHigh, either.Token);
            var active = await store.ListActiveAsync(either.Token).Take(MostBroadcasts + 1).ToListAsync(either.Token);
            var messages = await queue;
            return messages == 0 ? 0 : active.Count > MostBroadcasts ? null : await OfAsync(profile, isHigh, active, messages, either.Token);
        }
        catch (Exception e) when (e.IsUnavailable() || e is OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<long> OfAsync(string profile, bool isHigh, List<string> active, int messages, CancellationToken cancellation)
    {
        var found = Task.WhenAll(active.Select(id => store.FindWithoutRecipientsAsync(id, cancellation)));
        var (held, now) = (await controls.ReadAsync().WaitAsync(cancellation), time.GetUtcNow());
        var (due, later, segments) = (0.0, 0.0, 0.0);
        foreach (var broadcast in (await found).OfType<Broadcast>().Where(broadcast => broadcast is { HandedOverAt: null, CompletedAt: null } && (broadcast.IsHigh || !isHigh))) // nothing else goes before high priority
        {
            var notDue = broadcast.FannedOut * NotDue(broadcast, now);
            later += notDue;
            if (held.Of(broadcast.Id, broadcast.IsCanceled) is null)
            {
                due += broadcast.FannedOut - notDue;
                segments += profile.Equals(broadcast.Profile, StringComparison.OrdinalIgnoreCase) ? (broadcast.FannedOut - notDue) * Weight(broadcast) : 0; // no profile waits for another
            }
        }

        return due == 0 ? 0 : (long)(Math.Clamp(messages - later, 0, due) * segments / due);
    }

    // The share of its recipients who are not due yet.
    private static double NotDue(Broadcast broadcast, DateTimeOffset now)
    {
        var times = broadcast.Times();
        return times.Begins > now ? 1 : times.Over is { } over ? Math.Clamp(1 - ((now - times.Begins) / over), 0, 1) : 0;
    }

    private static double Weight(Broadcast broadcast) =>
        broadcast.TotalSegments is { } total && broadcast.RecipientsCount > 0 ? (double)total / broadcast.RecipientsCount : broadcast.Segments.Count;
}
