using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Sending;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention.People;

/// <summary>How long an erasure waits for what else goes on. Each wait ends by itself, so that a job always comes to its end.</summary>
public sealed class ErasureTimes(IOptions<RetentionOptions> retention, IOptions<SendingOptions> sending, TimeProvider time)
{
    /// <summary>How far the clocks of two instances may be apart.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(10);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Whether no fan-out goes on with an earlier list: one that has known its broadcast for long asks (see <see cref="ListFence"/>), and the others have had their time.</summary>
    public bool FanOutIsOver(Broadcast broadcast) =>
        broadcast.ListChangedAt is not { } changed || Now - changed >= retention.Value.EraseAfter || Now - broadcast.FannedOutAt >= retention.Value.EraseAfter + ClocksDiffer;

    /// <summary>
    /// Whether a call in doubt has had twice the time in which Twilio's list tells what became of it. Then it is counted as unknown. Nothing is sent for it again, and whose the other messages to
    /// that number are matters no more: they are the same person's.
    /// </summary>
    public bool DoubtIsOver(RecipientTable.Reading reading) => reading.Row.Status == RecipientStatus.Unconfirmed
        && reading.StorageTime - (reading.Row.ClaimedAt ?? reading.Row.Timestamp) >= sending.Value.ClaimLease + (2 * (sending.Value.ListLag + sending.Value.SecondReadingAfter));
}
