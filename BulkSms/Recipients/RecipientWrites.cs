using Azure;
using Azure.Data.Tables;
using BulkSms.Storage;

namespace BulkSms.Recipients;

/// <content>The writes of what happens to a recipient: all of them but the insertion of new rows.</content>
public sealed partial class RecipientTable
{
    /// <summary>Writes what happened to a recipient, under its row's ETag.</summary>
    /// <param name="row">The row as it was read; or what is known of it, with its ETag.</param>
    /// <param name="happened">The event.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The row as it is then. Null: the event is refused, the row had changed, or storage did not say; then read the row before believing anything.</returns>
    public async Task<Recipient?> TryApplyAsync(Recipient row, RecipientEvent happened, CancellationToken cancellation) =>
        RecipientState.After(row, happened) is { } transition ? await TryWriteAsync(transition, cancellation) : null;

    /// <summary>Writes a transition under the row's ETag.</summary>
    /// <returns>As <see cref="TryApplyAsync"/>.</returns>
    public async Task<Recipient?> TryWriteAsync(RecipientTransition transition, CancellationToken cancellation)
    {
        var marked = await MarkAsync(transition, cancellation);
        var changes = new TableEntity();
        marked.WriteTo(changes);
        return await TryMergeAsync(marked.Before.Key, marked.Before.ETag, changes, cancellation) is { } written
            ? Written(marked, written.ETag, written.At)
            : null;
    }

    /// <summary>Writes transitions of rows of one partition, each under its row's ETag, all or none; at most <see cref="TransactionSize"/>, and none that finishes a recipient.</summary>
    /// <returns>False: one of them had changed, or storage did not say.</returns>
    public async Task<bool> TryWriteAllAsync(IReadOnlyList<RecipientTransition> transitions, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(transitions.Select(transition =>
            {
                var changes = new TableEntity(transition.Before.Key.Partition, transition.Before.Key.Id);
                transition.WriteTo(changes);
                return new TableTransactionAction(TableTransactionActionType.UpdateMerge, changes, transition.Before.ETag);
            }), cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound() || e.IsUnavailable())
        {
            return false;
        }
    }

    /// <summary>Inserts a row as a transition leaves it.</summary>
    /// <returns>False: there is one.</returns>
    public async Task<bool> TryInsertAsync(TableEntity row, RecipientTransition transition, CancellationToken cancellation)
    {
        var marked = await MarkAsync(transition, cancellation);
        marked.WriteTo(row);
        try
        {
            var etags = await InsertAsync([row], cancellation);
            Written(marked, etags[0], default);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            return false; // the fan-out was faster, or it was our own first try: the row says
        }
    }

    // What brings a recipient to its end notes in the same write that this is to be told, if an endpoint wants to know.
    private async ValueTask<RecipientTransition> MarkAsync(RecipientTransition transition, CancellationToken cancellation) =>
        finished is not null && transition.Finishes && await finished.PrepareAsync(transition.Before.Key.BroadcastId, cancellation) is { } sequence
            ? transition.WithUntold(sequence)
            : transition;

    // A row that is at its end from the first, of a broadcast that was not approved, is told of as well: the sweeper finds it. What is left of an erased person is not.
    private async ValueTask MarkFinalAsync(IReadOnlyList<TableEntity> rows, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            if (finished is not null && RecipientStatus.IsFinal(row.GetString(RecipientColumns.Status) ?? "") && row.GetInt64(RecipientColumns.Sequence) is null or 0
                && row.GetString(RecipientColumns.To) is { Length: > 0 }
                && await finished.PrepareAsync(row.PartitionKey[..row.PartitionKey.LastIndexOf('-')], cancellation) is { } sequence)
            {
                (row[RecipientColumns.Sequence], row[RecipientColumns.IsUntold]) = (sequence, true);
            }
        }
    }

    private Recipient Written(RecipientTransition transition, ETag etag, DateTimeOffset at)
    {
        var row = transition.After with { ETag = etag, Timestamp = at };
        if (transition.Finishes && row.IsUntold)
        {
            finished!.Add(row);
        }

        return row;
    }

    /// <summary>
    /// Merges columns into the row under its ETag. Never inserts.
    /// </summary>
    /// <returns>What was written, or null when storage refused or did not say: then read the row before believing anything.</returns>
    internal async Task<Merged?> TryMergeAsync(RecipientKey key, ETag etag, TableEntity changes, CancellationToken cancellation)
    {
        changes.PartitionKey = key.Partition;
        changes.RowKey = key.Id;
        try
        {
            var (written, at) = await calls.MergeAsync(changes, etag, cancellation);
            return new Merged(written, at);
        }
        catch (RequestFailedException e) when (e.IsConflict() || e.IsNotFound() || e.IsUnavailable())
        {
            return null;
        }
        catch (Exception e) when (e.IsUnavailable() && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <param name="ETag">The row's new ETag.</param>
    /// <param name="At">When, by storage's clock, in whole seconds.</param>
    public readonly record struct Merged(ETag ETag, DateTimeOffset At);
}
