using Azure;
using Azure.Data.Tables;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>How far a large broadcast had come when it was counted last, in a row beside its own: every instance answers by it. It holds counts only, and is deleted with the broadcast's completion.</summary>
public sealed class KeptCounts(TableServiceClient service)
{
    private const string Prefix = "counts-";
    private const string CountedAt = "countedAt";
    private const string Took = "took";
    private const string Poisoned = "poisoned";
    private const string SentLately = "sentLately";
    private const string HeldFor = "heldFor";

    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);

    /// <summary>What was counted last; null: nothing was.</summary>
    public async Task<KeptCount?> FindAsync(string broadcastId, CancellationToken cancellation) =>
        await table.GetEntityIfExistsAsync<TableEntity>(BroadcastRow.Partition, Prefix + broadcastId, cancellationToken: cancellation) is { HasValue: true } found ? Read(found.Value!) : null;

    /// <summary>Keeps a count in the place of the one before.</summary>
    public Task SaveAsync(string broadcastId, KeptCount count, CancellationToken cancellation)
    {
        var row = new TableEntity(BroadcastRow.Partition, Prefix + broadcastId)
        {
            [CountedAt] = count.At,
            [Took] = (int)count.Took.TotalMilliseconds,
            [Poisoned] = count.Progress.Poisoned,
            [SentLately] = count.Progress.SentLately,
            [HeldFor] = StoredTotals.Join(count.Progress.HeldFor),
        };
        StoredTotals.Write(row, count.Progress);
        return table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    /// <summary>Deletes it, if there is one.</summary>
    public Task DeleteAsync(string broadcastId, CancellationToken cancellation) => table.DeleteEntityAsync(BroadcastRow.Partition, Prefix + broadcastId, ETag.All, cancellation); // a 404 is no fault here

    private static KeptCount? Read(TableEntity row) =>
        StoredTotals.Read(row) is not { } totals || row.GetTime(CountedAt) is not { } at ? null : new(at, TimeSpan.FromMilliseconds(row.GetInt32(Took) ?? 0), totals with
        {
            Poisoned = row.GetInt32(Poisoned) ?? 0,
            SentLately = row.GetInt32(SentLately) ?? 0,
            HeldFor = StoredTotals.Split(row.GetString(HeldFor)).ToDictionary(each => each.Name, each => StoredTotals.Number(each.Value), StringComparer.Ordinal),
            CountedAt = at,
        });
}

/// <summary>A count of a broadcast's recipients.</summary>
/// <param name="At">When it began.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Progress">What came of it.</param>
public sealed record KeptCount(DateTimeOffset At, TimeSpan Took, BroadcastProgress Progress);
