using BulkSms.Broadcasts;

namespace BulkSms.Poison;

/// <summary>
/// The broadcast of entries that are replayed, kept from being completed meanwhile: the sweeper counts before it completes one, and must not have counted before the rows
/// here are pending again.
/// </summary>
public sealed class OpenedBroadcast(string broadcastId, ClosedBroadcasts closed, TimeSpan keptOpen, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);
    private Broadcast? broadcast;
    private long openedAt;

    /// <summary>Gone or erased, as it was seen last.</summary>
    public bool IsGone => broadcast is null;

    /// <summary>Afterwards a row may be changed at once. Null when the broadcast is gone.</summary>
    public async Task<Broadcast?> GetAsync(CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            if (openedAt == 0 || time.GetElapsedTime(openedAt) > keptOpen / 4)
            {
                var begun = time.GetTimestamp();
                broadcast = await closed.OpenAsync(broadcastId, cancellation);
                openedAt = begun; // only now: a try that failed kept nothing open
            }

            return broadcast;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}
