using BulkSms.Broadcasts;

namespace BulkSms.Retention;

/// <summary>Erases broadcasts of a list, as many as one sweep may.</summary>
public sealed class EraseListed(BroadcastStore store, ClosedBroadcasts closed, EraseBroadcast erase)
{
    /// <summary>Goes on with those that a request, or a sweep, has begun to erase.</summary>
    /// <returns>How many are erased.</returns>
    public Task<int> BegunAsync(CancellationToken cancellation) => EachAsync(closed.ListErasingAsync(cancellation), cancellation);

    /// <summary>Erases those that were completed before a time.</summary>
    /// <returns>How many are erased.</returns>
    public Task<int> CompletedBeforeAsync(DateTimeOffset before, CancellationToken cancellation) => EachAsync(closed.ListCompletedBeforeAsync(before, cancellation), cancellation);

    private async Task<int> EachAsync(IAsyncEnumerable<string> ids, CancellationToken cancellation)
    {
        var erased = 0;
        await foreach (var id in ids.Take(PurgeOld.Slice).WithCancellation(cancellation))
        {
            if (await store.FindAsync(id, cancellation) is { } broadcast && await erase.RunAsync(broadcast, cancellation))
            {
                erased++;
            }
        }

        return erased;
    }
}
