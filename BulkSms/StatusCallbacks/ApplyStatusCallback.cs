using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.OptOuts;
using BulkSms.Recipients;
using BulkSms.Sending;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;

namespace BulkSms.StatusCallbacks;

/// <summary>
/// Brings a recipient's row forward to what Twilio says. Callbacks are repeated, reordered and may overtake our own record of the send: the row only
/// ever moves forward, and an id in a signed callback is proof that the message was sent, whatever the row says.
/// </summary>
public sealed partial class ApplyStatusCallback(
    RecipientTable table, BroadcastStore broadcasts, ClaimLedger ledger, ClosedBroadcasts closed, ResultWatch watch, ChangeOptOuts optOuts, SendMetrics metrics, ILogger<ApplyStatusCallback> logger)
{
    private const int Tries = 20;

    /// <summary>Applies one callback; nothing to do for a row that is gone or already further on.</summary>
    /// <returns>False: another account has signed it than the message was accepted for.</returns>
    /// <exception cref="TimeoutException">Others kept changing the row, or storage is away: Twilio is to call again.</exception>
    public async Task<bool> ApplyAsync(RecipientKey key, StatusCallback callback)
    {
        if (!ProviderStatus.IsKnown(callback.Status))
        {
            Log.UnknownStatus(logger, key.BroadcastId, callback.Sid);
            return true;
        }

        for (var i = 0; i < Tries; i++)
        {
            if (await table.ReadAsync(key, CancellationToken.None) is not { } reading)
            {
                Log.UnknownMessage(logger, key.BroadcastId, callback.Sid);
                return true;
            }

            if (callback.Account is { } signer && await AccountOfAsync(reading.Row) is { } account && account != signer)
            {
                Log.OtherAccount(logger, key.BroadcastId, key.Id, callback.Sid);
                return false;
            }

            if (callback.ErrorCode is { } code && TwilioErrors.IsOptOut(code))
            {
                await optOuts.AddAsync([reading.Row.To], OptOutSource.Twilio); // the list first, as when the call itself is refused
            }

            if (!string.IsNullOrEmpty(reading.Row.Sid) && reading.Row.Sid != callback.Sid)
            {
                Log.SecondSid(logger, key.BroadcastId, key.Id, callback.Sid);
                await ledger.RecordSidAsync(key, null, callback.Sid, callback.Status);
                return true;
            }

            if (await IsAppliedAsync(reading.Row, callback))
            {
                return true;
            }
        }

        throw new TimeoutException("The row kept changing.");
    }

    // A row that was never claimed, or whose claim was lost with its storage, names no account: its broadcast does.
    private async Task<string?> AccountOfAsync(Recipient row) =>
        row.Account ?? (await broadcasts.FindWithoutRecipientsAsync(row.Key.BroadcastId, CancellationToken.None))?.Account;

    private async Task<bool> IsAppliedAsync(Recipient row, StatusCallback callback)
    {
        var reported = new RecipientEvent.Reported(callback.Sid, callback.Status, callback.ErrorCode ?? 0, callback.ErrorCode is { } code ? TwilioErrors.Words(code) : "");
        if (RecipientState.After(row, reported) is not { } transition)
        {
            return true; // the row is already further on
        }

        if (IsCountedAnew(transition) && !await closed.ReopenAsync(row.Key.BroadcastId, CancellationToken.None))
        {
            return true; // erased, or about to be
        }

        if (await table.TryWriteAsync(transition, CancellationToken.None) is not { } written)
        {
            return false;
        }

        if (written.Status != row.Status)
        {
            await JudgeAsync(row, written.Status, callback.ErrorCode ?? 0);
        }

        if (string.IsNullOrEmpty(row.Sid) && row.Status is not (RecipientStatus.Sending or RecipientStatus.Unconfirmed))
        {
            Log.Overruled(logger, row.Key.BroadcastId, row.Key.Id, callback.Sid, row.Status);
        }

        return true;
    }

    // Whether it changes what the broadcast may have been counted as: "read" after "delivered" does not.
    private static bool IsCountedAnew(RecipientTransition transition) => transition is var (before, after, _, _)
        && RecipientStatus.IsFinal(before.Status)
        && (before.Status, before.Code ?? 0, before.SentAt) != (after.Status, after.Code ?? 0, after.SentAt);

    private async Task JudgeAsync(Recipient row, string status, int code)
    {
        if (RecipientStatus.IsFinal(status))
        {
            metrics.Ended(row.Key.BroadcastId, row.To, status, code);
        }

        switch (status)
        {
            case RecipientStatus.Delivered: // "submitted" says nothing: those that fail later were, too
                await watch.SentAsync(row.Key, row.To, later: true);
                break;
            case RecipientStatus.Undelivered or RecipientStatus.Failed:
                await watch.FailedAsync(row.Key, row.To, code, later: true);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2701, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}: the callback for {Sid} has a status that Twilio does not document")]
        public static partial void UnknownStatus(ILogger logger, string broadcastId, string sid);

        [LoggerMessage(EventId = 2702, Level = LogLevel.Information, Message = "Broadcast {BroadcastId}: the callback for {Sid} finds no row")]
        public static partial void UnknownMessage(ILogger logger, string broadcastId, string sid);

        [LoggerMessage(EventId = 2703, Level = LogLevel.Error, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: a second message {Sid} is out")]
        public static partial void SecondSid(ILogger logger, string broadcastId, string recipientKey, string sid);

        [LoggerMessage(EventId = 2707, Level = LogLevel.Error, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: a callback about message {Sid} is signed by another account than the message was accepted for; it is refused")]
        public static partial void OtherAccount(ILogger logger, string broadcastId, string recipientKey, string sid);

        [LoggerMessage(EventId = 2704, Level = LogLevel.Error, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: message {Sid} is out although the row said {Status}")]
        public static partial void Overruled(ILogger logger, string broadcastId, string recipientKey, string sid, string status);
    }
}
