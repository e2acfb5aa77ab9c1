using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Broadcasts;

/// <summary>A text that was accepted, with its list, within a day.</summary>
/// <param name="BroadcastId">The broadcast.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="RecipientsCount">Its recipients.</param>
public sealed record RecentText(string BroadcastId, DateTimeOffset CreatedAt, int RecipientsCount);

/// <summary>
/// What was accepted within a day, by text and list: a small row beside the broadcast's own, written with it. A broadcast that is sent once more by mistake is found without looking
/// through those that were sent.
/// </summary>
public sealed class RecentTexts(TableServiceClient service, TimeProvider time)
{
    /// <summary>How long a text is remembered.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>Recipients up to which a text is sent once more without being confirmed.</summary>
    public const int MostUnconfirmed = 10;

    /// <summary>Rows that storage gives at a time; to ask for more is an error.</summary>
    private const int MaxPage = 1000;

    /// <summary>Rows of one transaction.</summary>
    private const int TransactionSize = 100;

    private readonly TableClient table = service.GetTableClient(TableNames.Broadcasts);

    /// <summary>The latest broadcast of this text to this list within a day; null: there is none. An older row is taken away, so that it stands in the way of none.</summary>
    /// <param name="textKey">See <see cref="Requests.TextKey"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<RecentText?> FindAsync(string textKey, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(BroadcastRow.Partition, BroadcastRow.TextRow(textKey), cancellationToken: cancellation);
        if (!found.HasValue || found.Value is not { } row)
        {
            return null;
        }

        var text = new RecentText(row.GetString("broadcastId") ?? "", row.GetDateTimeOffset("createdAt") ?? default, row.GetInt32("recipientsCount") ?? 0);
        if (time.GetUtcNow() - text.CreatedAt < KeptFor)
        {
            return text;
        }

        await DeleteAsync([row], cancellation);
        return null;
    }

    /// <summary>Forgets the text of a broadcast, if no later one has it, and its key last: with it could be tried out which number was in the list.</summary>
    public async Task ForgetAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        if (broadcast.TextKey is not { } key)
        {
            return;
        }

        var found = await table.GetEntityIfExistsAsync<TableEntity>(BroadcastRow.Partition, BroadcastRow.TextRow(key), cancellationToken: cancellation);
        if (found.HasValue && found.Value is { } row && row.GetString("broadcastId") == broadcast.Id)
        {
            await DeleteAsync([row], cancellation);
        }

        await table.UpdateEntityAsync(
            new TableEntity(BroadcastRow.Partition, BroadcastRow.Key(broadcast.Id)) { [BroadcastRow.TextKeyColumn] = "" }, ETag.All, TableUpdateMode.Merge, cancellation);
    }

    /// <summary>Forgets texts that were accepted before a time.</summary>
    /// <param name="before">The time.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many were found.</returns>
    public async Task<int> ForgetBeforeAsync(DateTimeOffset before, int most, CancellationToken cancellation)
    {
        var rows = await table.QueryAsync<TableEntity>(
            BroadcastRow.TextsBefore(before), Math.Min(most, MaxPage), [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey), nameof(TableEntity.Timestamp)], cancellation).Take(most).ToListAsync(cancellation);
        foreach (var chunk in rows.Chunk(TransactionSize))
        {
            await DeleteAsync(chunk, cancellation);
        }

        return rows.Count;
    }

    private async Task DeleteAsync(TableEntity[] rows, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)), cancellation);
        }
        catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound())
        {
            // written anew, or taken away by another: the next look finds what is left
        }
    }
}
