using BulkSms.Broadcasts;
using BulkSms.Recipients;

namespace BulkSms.Dispatch;

/// <summary>
/// Sets recipients aside that may have been sent to since a time: they become unconfirmed, and nothing is sent to them before <see cref="Sending.ReconcileUnconfirmed"/> has looked at
/// Twilio's list from that time on.
/// </summary>
public sealed class SetAsideDoubtful(RecipientTable recipients)
{
    /// <summary>Rows between two notes of how far it has come.</summary>
    private const int Slice = 500;

    private const int Concurrency = 32;

    private static readonly StatusFilter Open = new([RecipientStatus.Pending, RecipientStatus.Sending, RecipientStatus.Unconfirmed]);

    /// <summary>The recipients of a shard that are open, after a row, by the slice.</summary>
    public IAsyncEnumerable<RecipientKey[]> KeysAsync(Shard shard, string? after, CancellationToken cancellation) => recipients.Keys(shard, Open, after, cancellation).Chunk(Slice);

    /// <summary>Sets those of them aside that may have been sent to. Doing it again is harmless.</summary>
    /// <param name="broadcast">Theirs.</param>
    /// <param name="keys">The recipients.</param>
    /// <param name="since">Since when nothing is known.</param>
    /// <param name="cancellation">Stops before the next row.</param>
    /// <returns>How many are set aside for this time, or were.</returns>
    public async Task<int> SetAsideAsync(Broadcast broadcast, RecipientKey[] keys, DateTimeOffset since, CancellationToken cancellation)
    {
        var setAside = 0;
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation }, async (key, stop) =>
            Interlocked.Add(ref setAside, await OneAsync(broadcast, key, since, stop) ? 1 : 0));
        return setAside;
    }

    private async Task<bool> OneAsync(Broadcast broadcast, RecipientKey key, DateTimeOffset since, CancellationToken cancellation)
    {
        while (await recipients.ReadAsync(key, cancellation) is { } reading)
        {
            if (reading.Row is { Status: RecipientStatus.Unconfirmed } row && row.SuspectFrom <= since)
            {
                return true; // before this one was interrupted
            }

            if (RecipientState.After(reading.Row, new RecipientEvent.Doubted(reading.StorageTime, since, broadcast.Account, broadcast.Service)) is not { } transition)
            {
                return false; // it has ended, or cannot have been sent before it was due
            }

            if (await recipients.TryWriteAsync(transition, cancellation) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
