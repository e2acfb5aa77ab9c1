using Azure;
using Azure.Data.Tables;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Storage;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// Claims and their results on the recipient's row, each under an ETag. Any of these writes may be applied while we see a failure, so after a failure
/// the row is read first, and only what is not there is written.
/// </summary>
public sealed class ClaimLedger(RecipientTable table, IOptions<SendingOptions> options, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Pending → sending, under the send job's ETag.</summary>
    public async Task<ClaimResult> ClaimAsync(SendJob job, string account, string service, CancellationToken cancellation)
    {
        var claimId = Guid.NewGuid().ToString("N");
        var changes = new TableEntity
        {
            [RecipientColumns.Status] = RecipientStatus.Sending,
            [RecipientColumns.ClaimId] = claimId,
            [RecipientColumns.Attempt] = job.Attempt + 1,
            [RecipientColumns.Account] = account,
            [RecipientColumns.Service] = service,
        };
        if (await table.TryMergeAsync(job.Key, job.ETag, changes, cancellation) is { } written)
        {
            return new(new Claim(job.Key, claimId, written.ETag, job.Attempt + 1, written.At), null);
        }

        var found = await table.ReadAsync(job.Key, cancellation);
        return found is { Row: { Status: RecipientStatus.Sending } row } && row.ClaimId == claimId
            ? new(new Claim(job.Key, claimId, row.ETag, job.Attempt + 1, row.Timestamp), null)
            : new(null, found);
    }

    /// <summary>
    /// Puts Twilio's id on the row, whatever the row says by now: it is the proof that the message was sent. True when this wrote it or found it there;
    /// false when the row is gone or carries another id (ours is then noted beside it).
    /// </summary>
    public async Task<bool> RecordSidAsync(RecipientKey key, ETag? etag, string sid, string status, Action<Recipient>? onOverruled = null)
    {
        if (etag is { } first && await TryAsync(key, first, Sent(sid, status)) is not null)
        {
            return true;
        }

        return await RepeatAsync(key, async reading =>
        {
            var row = reading.Row;
            if (row.Sid == sid || row.OtherSids?.Contains(sid, StringComparison.Ordinal) == true)
            {
                return row.Sid == sid;
            }

            var free = string.IsNullOrEmpty(row.Sid);
            var changes = free
                ? Sent(sid, status)
                : new TableEntity { [RecipientColumns.OtherSids] = string.Join(',', new[] { row.OtherSids, sid }.Where(each => !string.IsNullOrEmpty(each))) };
            if (await table.TryMergeAsync(key, row.ETag, changes, CancellationToken.None) is null)
            {
                return null;
            }

            if (!free || row.Status is not (RecipientStatus.Sending or RecipientStatus.Unconfirmed))
            {
                onOverruled?.Invoke(row);
            }

            return free;
        });
    }

    /// <summary>
    /// Puts an id on the row that a look has concluded, under the ETag read before that look. A look concludes from all rows of a number together: what it found for
    /// this one is nothing any more when this one has changed, and may be another's message.
    /// </summary>
    /// <returns>False when it is not known to be written: the next look decides.</returns>
    public async Task<bool> BindAsync(Recipient row, string sid, string status) =>
        await table.TryMergeAsync(row.Key, row.ETag, Sent(sid, status), CancellationToken.None) is not null;

    /// <summary>
    /// Writes a result without an id (pending again, rejected, optedOut, unconfirmed): only while the row is still this claim's own and carries no id.
    /// </summary>
    /// <returns>The row's new ETag, or null when the row is no longer ours to write.</returns>
    public async Task<ETag?> RecordAsync(Claim claim, string status, Action<TableEntity> fill)
    {
        if (await TryAsync(claim.Key, claim.ETag, Changes()) is { } written)
        {
            return written.ETag;
        }

        ETag? result = null;
        await RepeatAsync(claim.Key, async reading =>
        {
            var row = reading.Row;
            if (row.ClaimId != claim.Id || !string.IsNullOrEmpty(row.Sid))
            {
                return false;
            }

            if (row.Status == status)
            {
                result = row.ETag;
                return true;
            }

            if (row.Status is not (RecipientStatus.Sending or RecipientStatus.Unconfirmed))
            {
                return false;
            }

            result = (await table.TryMergeAsync(claim.Key, row.ETag, Changes(), CancellationToken.None))?.ETag;
            return result is null ? null : true;
        });
        return result;

        TableEntity Changes()
        {
            var changes = new TableEntity { [RecipientColumns.Status] = status };
            fill(changes);
            return changes;
        }
    }

    /// <summary>
    /// Submitted → unknown: Twilio's last word has not come for so long that nobody waits for it any more. It may still come, and counts then. Under the row's ETag: a callback at the same time wins.
    /// </summary>
    public Task CloseAsync(Recipient row, CancellationToken cancellation) => table.TryMergeAsync(
        row.Key, row.ETag, new TableEntity { [RecipientColumns.Status] = RecipientStatus.Unknown, [RecipientColumns.Reason] = "Twilio never told its final status" }, cancellation);

    /// <summary>A claim whose holder is dead → unconfirmed. Losing the race to somebody else is as good.</summary>
    public Task ExpireAsync(Recipient row, CancellationToken cancellation) => table.TryMergeAsync(
        row.Key,
        row.ETag,
        new TableEntity
        {
            [RecipientColumns.Status] = RecipientStatus.Unconfirmed,
            [RecipientColumns.Reason] = "the sender that had claimed it is gone",
            [RecipientColumns.ClaimedAt] = row.Timestamp,
            [RecipientColumns.AbsentAt] = NoTime.Value,
        },
        cancellation);

    /// <summary>Pending → expired, under the ETag that said pending. False when the row had changed: then it decides.</summary>
    public async Task<bool> ExpireMessageAsync(RecipientKey key, ETag etag, CancellationToken cancellation) => await table.TryMergeAsync(
        key,
        etag,
        new TableEntity { [RecipientColumns.Status] = RecipientStatus.Expired, [RecipientColumns.Reason] = "it expired before it could be sent" },
        cancellation) is not null;

    /// <summary>
    /// Pending → rejected without a call, under the ETag that said pending. It gets a claim id of its own, so that its poison message names this state
    /// of the row and no other.
    /// </summary>
    /// <returns>The row as it is then, or null when it had changed: then it decides.</returns>
    public async Task<Recipient?> RejectWaitingAsync(RecipientKey key, ETag etag, int code, string reason, CancellationToken cancellation)
    {
        var changes = new TableEntity
        {
            [RecipientColumns.Status] = RecipientStatus.Rejected,
            [RecipientColumns.ClaimId] = Guid.NewGuid().ToString("N"),
            [RecipientColumns.Code] = code,
            [RecipientColumns.Reason] = reason,
        };
        await table.TryMergeAsync(key, etag, changes, cancellation);
        var row = (await table.ReadAsync(key, cancellation))?.Row;
        return row?.ClaimId == (string)changes[RecipientColumns.ClaimId] ? row : null;
    }

    /// <summary>Notes that the poison message is written.</summary>
    public Task MarkPoisonedAsync(RecipientKey key, ETag etag, CancellationToken cancellation) =>
        table.TryMergeAsync(key, etag, new TableEntity { [RecipientColumns.PoisonedAt] = time.GetUtcNow() }, cancellation);

    // The first try of a record: whatever fails it, what follows reads and repeats.
    private async Task<RecipientTable.Written?> TryAsync(RecipientKey key, ETag etag, TableEntity changes)
    {
        try
        {
            return await table.TryMergeAsync(key, etag, changes, CancellationToken.None);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private TableEntity Sent(string sid, string word) => new()
    {
        [RecipientColumns.Status] = ProviderStatus.StatusOf(word),
        [RecipientColumns.ProviderStatus] = word,
        [RecipientColumns.Sid] = sid,
        [RecipientColumns.SentAt] = time.GetUtcNow(),
        [RecipientColumns.Code] = 0,
        [RecipientColumns.Reason] = "",
    };

    // Read, try, and again while the try does not say (null) or storage is away, until patience ends; a row that is gone ends it as well.
    private async Task<bool> RepeatAsync(RecipientKey key, Func<RecipientTable.Reading, Task<bool?>> attempt)
    {
        var start = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var reading = await table.ReadAsync(key, CancellationToken.None);
                var done = reading is null ? false : await attempt(reading);
                if (done is { } answer)
                {
                    return answer;
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
}
