using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BulkSms.Common;

namespace BulkSms.Broadcasts;

/// <content>The broadcasts in their order.</content>
public sealed partial class BroadcastStore
{
    /// <summary>Every broadcast that is not erased, tests too, newest first: when and where, not what and to whom.</summary>
    /// <param name="after">After this id; null: from the newest.</param>
    /// <param name="cancellation">Stops reading.</param>
    public IAsyncEnumerable<Broadcast> ListBriefAsync(string? after, CancellationToken cancellation) => table
        .QueryAsync<TableEntity>(BroadcastRow.RowsAfter(after), select: BroadcastRow.Brief, cancellationToken: cancellation)
        .Select(BroadcastRow.Read)
        .Where(broadcast => broadcast.ErasedAt is null);

    /// <summary>Newest first, as they are read, without tests, with what a list shows: of the totals the counts by status and what is billed, and no recipients.</summary>
    /// <param name="after">After this id; null: from the newest.</param>
    /// <param name="before">Before this id, or <see cref="BroadcastId.BoundAt"/>; null: to the oldest.</param>
    /// <param name="page">Rows that storage gives at a time.</param>
    /// <param name="cancellation">Stops reading.</param>
    public IAsyncEnumerable<Broadcast> ListAsync(string? after, string? before, int page, CancellationToken cancellation) => table
        .QueryAsync<TableEntity>(BroadcastRow.RowsBetween(after, before), Math.Min(page, MaxPage), BroadcastRow.Listed, cancellation)
        .Select(BroadcastRow.Read)
        .Where(broadcast => !broadcast.IsTest);

    /// <summary>Newest first, tests too: of each when it was accepted, by whom, under which request and for how many.</summary>
    /// <inheritdoc cref="ListAsync"/>
    public IAsyncEnumerable<Broadcast> ListCreatedAsync(string? after, string? before, int page, CancellationToken cancellation) => table
        .QueryAsync<TableEntity>(BroadcastRow.RowsBetween(after, before), Math.Min(page, MaxPage), BroadcastRow.Created, cancellation)
        .Select(BroadcastRow.Read);

    /// <summary>Those whose links Twilio shortens, tests too, newest first: when and where, not what and to whom.</summary>
    /// <param name="since">Accepted since.</param>
    /// <param name="cancellation">Stops reading.</param>
    public IAsyncEnumerable<Broadcast> ListShortenedAsync(DateTimeOffset since, CancellationToken cancellation) => table
        .QueryAsync<TableEntity>($"{BroadcastRow.RowsBetween(null, BroadcastId.BoundAt(since))} and {BroadcastRow.ShortenUrls} eq true", select: BroadcastRow.Brief, cancellationToken: cancellation)
        .Select(BroadcastRow.Read)
        .Where(broadcast => broadcast.ErasedAt is null);

    /// <summary>Ids of the broadcasts that are not complete.</summary>
    public async IAsyncEnumerable<string> ListActiveAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var marker in table.QueryAsync<TableEntity>(
            BroadcastRow.Markers, select: [nameof(TableEntity.RowKey)], cancellationToken: cancellation))
        {
            yield return BroadcastRow.IdOf(marker.RowKey);
        }
    }

    /// <summary>Every broadcast that was not complete at a time and was accepted before another, without its text and recipients.</summary>
    public IAsyncEnumerable<Broadcast> ListActiveBetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) => table
        .QueryAsync<TableEntity>(BroadcastRow.RowsAfter(null), select: BroadcastRow.Brief, cancellationToken: cancellation)
        .Select(BroadcastRow.Read)
        .Where(broadcast => broadcast.CreatedAt < to && !(broadcast.CompletedAt < from));
}
