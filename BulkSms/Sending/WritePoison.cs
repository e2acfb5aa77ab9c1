using BulkSms.Queues;
using BulkSms.Recipients;

namespace BulkSms.Sending;

/// <summary>Writes the poison message of a rejected recipient, then notes on the row that it is written: the sweeper writes what is not noted.</summary>
public sealed class WritePoison(PoisonQueue queue, RecipientTable table, TimeProvider time)
{
    /// <summary>Writes and notes it.</summary>
    /// <param name="job">A send job of the recipient.</param>
    /// <param name="row">The row that says rejected.</param>
    /// <param name="cancellation">Gives up; the sweeper writes it then.</param>
    public async Task WriteAsync(SendJob job, Recipient row, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await queue.AddAsync(job with { Attempt = row.Attempt }, new(row.Code ?? 0, row.Reason ?? "", now, row.Attempt, row.ClaimId ?? ""), cancellation);
        await table.TryApplyAsync(row, new RecipientEvent.PoisonWritten(now), cancellation);
    }
}
