using Azure;
using Azure.Data.Tables;
using BulkSms.Common;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>What a key stands for.</summary>
/// <param name="BroadcastId">The broadcast that it made, or is making.</param>
/// <param name="CreatedAt">When it was first used.</param>
/// <param name="Digest">What was asked for then; empty once the broadcast is erased.</param>
public sealed record Reservation(string BroadcastId, DateTimeOffset CreatedAt, string Digest)
{
    /// <summary>How long ago the key was taken, by storage's clock.</summary>
    public TimeSpan Age { get; init; }
}

/// <summary>The IdempotencyKeys table. A row is written before its broadcast and holds the id: a repeat adopts it and makes the same inserts.</summary>
public sealed class IdempotencyStore(TableServiceClient service)
{
    private const string Digest = "digest";
    private readonly TableClient table = service.GetTableClient(TableNames.IdempotencyKeys);

    /// <summary>Takes the key for this request, or gives what it was taken for before. The first to insert decides, at any number at once.</summary>
    /// <exception cref="Exception">Storage is away; then nothing is accepted and the same request may be sent again.</exception>
    public async Task<Reservation> ReserveAsync(IdempotencyKey key, Reservation wanted)
    {
        try
        {
            await table.AddEntityAsync(new TableEntity(Partition(key.RowKey), key.RowKey)
            {
                ["broadcastId"] = wanted.BroadcastId,
                ["createdAt"] = wanted.CreatedAt,
                [Digest] = wanted.Digest,
            });
            return wanted;
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // another request's, or ours from a try whose answer was lost: either way the row says
            return (await FindAsync(key))!;
        }
    }

    /// <summary>What the key was taken for; null when it is free.</summary>
    public async Task<Reservation?> FindAsync(IdempotencyKey key)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition(key.RowKey), key.RowKey);
        return found.HasValue && found.Value is { } row
            ? new(row.GetString("broadcastId"), row.GetDateTimeOffset("createdAt") ?? default, row.GetString(Digest) ?? "")
            {
                Age = (found.GetRawResponse().Headers.Date - row.Timestamp) ?? TimeSpan.Zero,
            }
            : null;
    }

    /// <summary>Takes the digest of the request away: who has it can try out which number was in there. That there is no such key is as good.</summary>
    public async Task ForgetDigestAsync(string rowKey, CancellationToken cancellation)
    {
        try
        {
            await table.UpdateEntityAsync(new TableEntity(Partition(rowKey), rowKey) { [Digest] = "" }, ETag.All, TableUpdateMode.Merge, cancellation);
        }
        catch (RequestFailedException e) when (e.IsNotFound())
        {
            // purged
        }
    }

    /// <summary>The same for keys that are too old to be repeated: no body is compared with theirs any more, and of those that came to no broadcast nothing else would erase it.</summary>
    /// <param name="before">Only those taken before.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many.</returns>
    public async Task<int> ForgetDigestsAsync(DateTimeOffset before, int most, CancellationToken cancellation)
    {
        var forgotten = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"createdAt lt {before} and digest gt {""}"), most, [nameof(TableEntity.RowKey)], cancellation).Take(most))
        {
            await ForgetDigestAsync(row.RowKey, cancellation);
            forgotten++;
        }

        return forgotten;
    }

    /// <summary>Keys that were used before a time, and what they stand for.</summary>
    public IAsyncEnumerable<(TableEntity Key, string BroadcastId)> ListBeforeAsync(DateTimeOffset before, CancellationToken cancellation) => table
        .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"createdAt lt {before}"), cancellationToken: cancellation)
        .Select(row => (row, row.GetString("broadcastId")));

    /// <summary>Forgets a key; that another has is as good.</summary>
    public Task DeleteAsync(TableEntity key, CancellationToken cancellation) => table.DeleteEntityAsync(key.PartitionKey, key.RowKey, ETag.All, cancellation);

    private static string Partition(string rowKey) => rowKey[..2];
}
