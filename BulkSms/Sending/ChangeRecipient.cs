using BulkSms.OptOuts;
using BulkSms.Queues;
using BulkSms.Recipients;

namespace BulkSms.Sending;

/// <summary>
/// Writes what happened to a recipient, then does what follows from it: its send job, or its poison message. The row comes first, always: when the process dies in between,
/// the sweeper does what is missing.
/// </summary>
public sealed class ChangeRecipient(RecipientTable table, EnqueueSendJobs enqueue, WritePoison poison)
{
    /// <summary>Writes an event under the row's ETag, and does what follows.</summary>
    /// <param name="job">A send job of the recipient.</param>
    /// <param name="row">The row as it was read, or as the send job tells of it.</param>
    /// <param name="happened">The event.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The row as it is then; null: it had changed, or the event is refused, or storage did not say: the row decides.</returns>
    public async Task<Recipient?> TryAsync(SendJob job, Recipient row, RecipientEvent happened, CancellationToken cancellation)
    {
        if (RecipientState.After(row, happened) is not { } transition)
        {
            return null;
        }

        var written = await table.TryWriteAsync(transition, cancellation) ?? await FindAsync(row.Key, happened, cancellation);
        if (written is not null)
        {
            await FollowAsync(job, written, transition.Follows, cancellation);
        }

        return written;
    }

    /// <summary>Does what follows from an event that is on the row.</summary>
    public Task FollowAsync(SendJob job, Recipient row, FollowUp follows, CancellationToken cancellation) => follows switch
    {
        FollowUp.SendJob => enqueue.OneAsync(job.Again(row), cancellation),
        FollowUp.PoisonMessage => poison.WriteAsync(job, row, cancellation),
        _ => Task.CompletedTask,
    };

    // Storage may have written it, and not have said so.
    private async Task<Recipient?> FindAsync(RecipientKey key, RecipientEvent happened, CancellationToken cancellation) =>
        await table.ReadAsync(key, cancellation) is { Row: var row } && happened.IsIn(row) ? row : null;
}
