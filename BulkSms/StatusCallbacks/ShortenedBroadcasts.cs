using BulkSms.Broadcasts;
using BulkSms.Recipients;

namespace BulkSms.StatusCallbacks;

/// <summary>The broadcasts whose links Twilio shortens, newest first: those that a click may be about. The list is kept, and read again when a message is not found in it.</summary>
public sealed class ShortenedBroadcasts(BroadcastStore store, RecipientTable table, TimeProvider time)
{
    /// <summary>So long Twilio keeps short links after they were made, and a broadcast is sent within 130 days.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90 + 130);

    /// <summary>A list is not read again so soon: a message is not sent, delivered and followed in less.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private const int AtATime = 8;
    private Known? known;

    /// <summary>The row of a message to a number; null: there is none.</summary>
    public async Task<Recipient?> FindAsync(string to, string sid, CancellationToken cancellation)
    {
        var before = Volatile.Read(ref known);
        var found = before is null ? null : await FindInAsync(before.Broadcasts, to, sid, cancellation);
        if (found is not null || (before is not null && time.GetElapsedTime(before.ReadAt) < Fresh))
        {
            return found;
        }

        var readAt = time.GetTimestamp();
        var read = new Known(await store.ListShortenedAsync(time.GetUtcNow() - Kept, cancellation).ToArrayAsync(cancellation), readAt);
        Volatile.Write(ref known, read);
        var seen = before?.Broadcasts.Select(each => each.Id).ToHashSet(StringComparer.Ordinal) ?? [];
        return await FindInAsync([.. read.Broadcasts.Where(each => !seen.Contains(each.Id))], to, sid, cancellation);
    }

    private async Task<Recipient?> FindInAsync(Broadcast[] broadcasts, string to, string sid, CancellationToken cancellation)
    {
        foreach (var some in broadcasts.SelectMany(broadcast => broadcast.KeysOf(to)).Chunk(AtATime))
        {
            var rows = await Task.WhenAll(some.Select(key => table.ReadAsync(key, cancellation)));
            if (Array.Find(rows, reading => reading?.Row is { } row && (row.Sid == sid || row.OtherSids?.Split(',').Contains(sid, StringComparer.Ordinal) == true)) is { } found)
            {
                return found.Row;
            }
        }

        return null;
    }

    private sealed record Known(Broadcast[] Broadcasts, long ReadAt);
}
