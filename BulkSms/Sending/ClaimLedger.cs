using BulkSms.Broadcasts;
using BulkSms.Queues;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// Claims and what came of them on the recipient's row, each under an ETag. Any of these writes may be applied while we see a failure, so after a failure
/// the row is read first, and only what is not there is written.
/// </summary>
public sealed class ClaimLedger(RecipientTable table, ClosedBroadcasts closed, IOptions<SendingOptions> options, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Pending → sending, under the send job's ETag.</summary>
    public async Task<ClaimResult> ClaimAsync(SendJob job, string account, string service, CancellationToken cancellation)
    {
        var claimed = new RecipientEvent.Claimed(Guid.NewGuid().ToString("N"), account, service);
        if (await table.TryApplyAsync(job.Row, claimed, cancellation) is { } row)
        {
            return new(new Claim(row), null);
        }

        var found = await table.ReadAsync(job.Key, cancellation);
        return found is not null && claimed.IsIn(found.Row) ? new(new Claim(found.Row), null) : new(null, found);
    }

    /// <summary>
    /// Puts Twilio's id on the row, whatever the row says by now: it is the proof that the message was sent. True when this wrote it or found it there;
    /// false when the row is gone or carries another id (ours is then noted beside it).
    /// </summary>
    /// <param name="key">Whose row.</param>
    /// <param name="known">The row as the sender knows it; null: it is to be read.</param>
    /// <param name="sid">Twilio's id of the message.</param>
    /// <param name="word">Twilio's word for it.</param>
    /// <param name="onOverruled">Is given the row when it was not this call's any more.</param>
    /// <exception cref="TimeoutException">Storage is away for longer than <see cref="SendingOptions.RecordPatience"/>.</exception>
    public async Task<bool> RecordSidAsync(RecipientKey key, Recipient? known, string sid, string word, Action<Recipient>? onOverruled = null)
    {
        var submitted = new RecipientEvent.Submitted(sid, word, time.GetUtcNow());
        if (known is not null && await TryAsync(known, submitted) is not null)
        {
            return true;
        }

        var second = new RecipientEvent.SentTwice(sid);
        var found = await RepeatAsync(key, async row =>
        {
            if (submitted.IsIn(row) || second.IsIn(row))
            {
                return new(row);
            }

            var isFree = string.IsNullOrEmpty(row.Sid);
            if (isFree && RecipientStatus.IsFinal(row.Status))
            {
                await closed.ReopenAsync(key.BroadcastId, CancellationToken.None);
            }

            if (await table.TryApplyAsync(row, isFree ? submitted : second, CancellationToken.None) is not { } written)
            {
                return null;
            }

            if (!isFree || row.Status is not (RecipientStatus.Sending or RecipientStatus.Unconfirmed))
            {
                onOverruled?.Invoke(row);
            }

            return new(written);
        });
        return found?.Sid == sid;
    }

    /// <summary>Writes a result without an id: only while the row is still this claim's own and carries no id.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="result">What came of its call.</param>
    /// <returns>The row as it is then, or null when it is no longer ours to write.</returns>
    /// <exception cref="TimeoutException">Storage is away for longer than <see cref="SendingOptions.RecordPatience"/>.</exception>
    public async Task<Recipient?> RecordAsync(Claim claim, RecipientEvent.CallResult result) =>
        await TryAsync(claim.Row, result) ?? await RepeatAsync(claim.Key, async row =>
            result.IsIn(row) ? new(row)
            : RecipientState.After(row, result) is not { } transition ? new(null)
            : await table.TryWriteAsync(transition, CancellationToken.None) is { } written ? new Recorded(written) : null);

    // The first try of a record: whatever fails it, what follows reads and repeats.
    private async Task<Recipient?> TryAsync(Recipient row, RecipientEvent happened)
    {
        try
        {
            return await table.TryApplyAsync(row, happened, CancellationToken.None);
        }
        catch (Exception)
        {
            return null;
        }
    }

    // Read, try, and again while the try does not say (null) or storage is away, until patience ends; a row that is gone ends it as well.
    private async Task<Recipient?> RepeatAsync(RecipientKey key, Func<Recipient, Task<Recorded?>> attempt)
    {
        var start = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var reading = await table.ReadAsync(key, CancellationToken.None);
                if (reading is null)
                {
                    return null;
                }

                if (await attempt(reading.Row) is { } recorded)
                {
                    return recorded.Row;
                }
            }
            catch (Exception) when (time.GetElapsedTime(start) < options.Value.RecordPatience)
            {
                // whatever it is, it may pass, and what Twilio answered must not be lost for it: the row will be read again
            }

            if (time.GetElapsedTime(start) >= options.Value.RecordPatience)
            {
                throw new TimeoutException("Storage did not take the result of a call to Twilio.");
            }

            await Task.Delay(pause, time);
        }
    }

    // The end of the repeating: the row, or null when it is not ours.
    private readonly record struct Recorded(Recipient? Row);
}
