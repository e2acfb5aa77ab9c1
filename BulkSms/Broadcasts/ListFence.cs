using BulkSms.Recipients;

namespace BulkSms.Broadcasts;

/// <summary>
/// Keeps rows out that were made from a list in which a person still stood. An erasure changes the list first and looks for the person's row after; who inserts rows does it the other way round: the
/// rows first, and then the list's version is read. So one of both sees the other.
/// </summary>
public sealed class ListFence(BroadcastStore store, RecipientTable recipients)
{
    private const int Tries = 20;

    /// <summary>Whether the list is still the one that was read, after rows of it were made; else what was made for persons who are erased meanwhile is taken back.</summary>
    /// <param name="broadcast">As it was read with its list.</param>
    /// <param name="made">The rows that were found or inserted, by their places in the list.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<bool> StandsAsync(Broadcast broadcast, IReadOnlyDictionary<int, RecipientKey> made, CancellationToken cancellation)
    {
        if (await store.FindBriefAsync(broadcast.Id, cancellation) is not { } now || now.ListVersion == broadcast.ListVersion)
        {
            return true; // a broadcast that is erased as a whole is another matter
        }

        if (await store.FindAsync(broadcast.Id, cancellation) is { ErasedAt: null } fresh)
        {
            var index = 0;
            await foreach (var recipient in store.RecipientsOfAsync(fresh, 0, cancellation))
            {
                if (recipient.Erased is { } place && made.TryGetValue(index, out var key) && key != place.KeyIn(broadcast.Id))
                {
                    await TakeBackAsync(key, place, cancellation);
                }

                index++;
            }
        }

        return false;
    }

    private async Task TakeBackAsync(RecipientKey key, ErasedPlace place, CancellationToken cancellation)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await recipients.TryTakeBackAsync(key, place, cancellation))
            {
                return;
            }
        }

        throw new TimeoutException("The row kept changing.");
    }
}
