using BulkSms.Broadcasts;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// Finds out what became of a call whose answer was never read: it looks at Twilio's list. A message there is bound to the row; absence is believed
/// after two readings, a minute apart, of a list that is known to be up to date. Until then nothing is sent. (A callback may prove it sooner.)
/// </summary>
public sealed partial class ReconcileUnconfirmed(
    RecipientTable recipients,
    BroadcastStore broadcasts,
    ChangeRecipient change,
    TwilioMessages messages,
    TwilioAccounts accounts,
    IOptions<SendingOptions> options,
    TimeProvider time,
    ILogger<ReconcileUnconfirmed> logger)
{
    /// <summary>How often one recipient's message is sent again because Twilio's list does not show it.</summary>
    private const int MostAbsences = 8;

    private static readonly TimeSpan WindowBefore = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WindowAfter = TimeSpan.FromMinutes(3);

    /// <summary>Storage tells its time in whole seconds: between two such times there may be up to a second less than it seems.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    /// <summary>Reads the list once, if a reading counts by now.</summary>
    public async Task RunAsync(Broadcast broadcast, RecipientKey key, CancellationToken cancellation)
    {
        // Read before the look: what is concluded is written under this ETag.
        if (await recipients.ReadAsync(key, cancellation) is not { Row: { Status: RecipientStatus.Unconfirmed, ClaimedAt: { } claimedAt } row } reading
            || reading.StorageTime - claimedAt < options.Value.ClaimLease)
        {
            return;
        }

        var account = await accounts.FindAsync(row.Account, cancellation);
        var window = new Window((row.SuspectFrom ?? claimedAt) - WindowBefore, claimedAt + WindowAfter);
        if (account is null)
        {
            Log.OtherAccount(logger, key.BroadcastId, key.Id);
            await GiveUpAsync(broadcast, reading, claimedAt, cancellation);
            return;
        }

        var found = await FindAsync(row, window, () => messages.ListAsync(account, row.To, window.From, cancellation), [], cancellation);
        if (found is { Candidates.Length: 0 })
        {
            found = await FindAsync(row, window, () => messages.ListOtherChannelsAsync(account, row.To, window.From, cancellation), found.Ours, cancellation);
        }

        if (found is not var (ours, candidates, rivals))
        {
            Log.ListNotRead(logger, key.BroadcastId, key.Id); // not even OnUnproven guesses from a reading that failed
            return;
        }

        if (candidates.Length == 0)
        {
            var upToDate = ours.Any(message => message.CreatedAt > window.To) || reading.StorageTime - claimedAt >= options.Value.ListLag + Rounding;
            await (upToDate ? AbsentAsync(broadcast, reading, cancellation) : GiveUpAsync(broadcast, reading, claimedAt, cancellation));
        }
        else if (candidates.Length >= rivals.Open && Choose(candidates, TextOf(broadcast, row)) is { } message)
        {
            // Concluded from all rows of a number together: it is nothing any more when this row has changed since it was read.
            var word = ProviderStatus.IsKnown(message.Status) ? message.Status : ProviderStatus.Accepted;
            if (await recipients.TryApplyAsync(row, new RecipientEvent.Submitted(message.Sid, word, time.GetUtcNow()), CancellationToken.None) is not null)
            {
                Log.Bound(logger, key.BroadcastId, key.Id, message.Sid);
            }
        }
        else
        {
            Log.Ambiguous(logger, key.BroadcastId, key.Id, candidates.Length, rivals.Open);
            await GiveUpAsync(broadcast, reading, claimedAt, cancellation);
        }
    }

    // What a list shows that may be this row's message, and all that is ours in it and before. Null: it could not be read.
    private async Task<Found?> FindAsync(Recipient row, Window window, Func<Task<IReadOnlyList<ListedMessage>?>> list, ListedMessage[] before, CancellationToken cancellation)
    {
        if (await list() is not { } listed)
        {
            return null;
        }

        ListedMessage[] ours = [.. before, .. listed.Where(message => message.IsOutbound && message.Service == row.Service)];
        var inWindow = ours.Where(message => window.Holds(message.CreatedAt)).ToArray();
        var rivals = inWindow.Length == 0 ? Rivals.None : await RivalsAsync(row, window, cancellation);
        return new(ours, [.. inWindow.Where(message => !rivals.Sids.Contains(message.Sid))], rivals);
    }

    // What Twilio has made of a content template is not known, nor are its short links; media alone have no text that tells them from others.
    private static string? TextOf(Broadcast broadcast, Recipient row) => broadcast.Extras.IsTextKept && (row.Text ?? broadcast.Message) is { Length: > 0 } text ? text : null;

    private static ListedMessage? Choose(ListedMessage[] candidates, string? text)
    {
        if (candidates.Length == 1 || text is null)
        {
            return candidates.Length == 1 ? candidates[0] : null;
        }

        var same = candidates.Where(message => message.Body == text).ToArray();
        return same.Length == 1 ? same[0] : null;
    }

    // The first reading that finds nothing is noted; the second, a minute of storage's time later, is believed.
    private async Task AbsentAsync(Broadcast broadcast, RecipientTable.Reading reading, CancellationToken cancellation)
    {
        if (reading.Row.AbsentAt is not { } first)
        {
            await recipients.TryApplyAsync(reading.Row, new RecipientEvent.NotListed(reading.StorageTime), cancellation);
        }
        else if (reading.Row.Absences >= MostAbsences)
        {
            Log.AbsentTooOften(logger, reading.Row.Key.BroadcastId, reading.Row.Key.Id, reading.Row.Absences); // a list that is blind for this number would have it sent again and again
        }
        else if (reading.StorageTime - first >= options.Value.SecondReadingAfter + Rounding)
        {
            Log.Absent(logger, reading.Row.Key.BroadcastId, reading.Row.Key.Id);
            await SendAgainAsync(broadcast, reading.Row, new RecipientEvent.ProvedAbsent(), cancellation);
        }
    }

    private async Task GiveUpAsync(Broadcast broadcast, RecipientTable.Reading reading, DateTimeOffset claimedAt, CancellationToken cancellation)
    {
        if (options.Value.OnUnproven is OnUnproven.Resend && reading.StorageTime - claimedAt >= options.Value.UnprovenAfter
            && reading.Row.Attempt < options.Value.MaxAttempts) // it may have been sent each time
        {
            Log.Resending(logger, reading.Row.Key.BroadcastId, reading.Row.Key.Id);
            await SendAgainAsync(broadcast, reading.Row, new RecipientEvent.SentAgain(), cancellation);
        }
    }

    private Task SendAgainAsync(Broadcast broadcast, Recipient row, RecipientEvent because, CancellationToken cancellation) =>
        change.TryAsync(SendJob.For(broadcast, row), row, because, cancellation);

    // This number's rows in every broadcast that was active then, however old: whose messages the candidates may be.
    private async Task<Rivals> RivalsAsync(Recipient row, Window window, CancellationToken cancellation)
    {
        var sids = new HashSet<string>(StringComparer.Ordinal);
        var open = 0;
        await foreach (var active in broadcasts.ListActiveBetweenAsync(window.From, window.To, cancellation).Chunk(32).WithCancellation(cancellation))
        {
            if (active.Any(broadcast => broadcast.ErasedAt is not null))
            {
                return Rivals.Unknown; // one of the candidates may be a message of a row that is no more
            }

            var keys = active.SelectMany(broadcast => broadcast.KeysOf(row.To).Select(key => (broadcast, key)));
            foreach (var (broadcast, key, reading) in await Task.WhenAll(keys.Select(async each => (each.broadcast, each.key, await recipients.ReadAsync(each.key, cancellation)))))
            {
                if (reading is null && broadcast.ListVersion > 0 && await recipients.AnyErasedAsync(new(broadcast.Id, key.Shard), window.From, window.To, cancellation))
                {
                    return Rivals.Unknown; // who was erased may be this person, and a candidate the message of a row that is no more
                }

                // What another Messaging Service was called for is no message of the candidates, which are all of this row's.
                open += reading?.Row is { Status: RecipientStatus.Unconfirmed or RecipientStatus.Sending, Service: var service } && (service is null || service == row.Service) ? 1 : 0;
                sids.UnionWith($"{reading?.Row.Sid},{reading?.Row.OtherSids}".Split(',', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return new(sids, open);
    }

    private readonly record struct Window(DateTimeOffset From, DateTimeOffset To)
    {
        public bool Holds(DateTimeOffset at) => at >= From && at <= To;
    }

    private sealed record Found(ListedMessage[] Ours, ListedMessage[] Candidates, Rivals Rivals);

    private sealed record Rivals(HashSet<string> Sids, int Open)
    {
        public static Rivals None { get; } = new([], 0);

        /// <summary>More than there can be candidates: only a callback can prove it.</summary>
        public static Rivals Unknown { get; } = new([], int.MaxValue);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2423, Level = LogLevel.Error, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: Twilio's list did not show its message {Absences} times; it stays unconfirmed, and is not sent again")]
        public static partial void AbsentTooOften(ILogger logger, string broadcastId, string recipientKey, int absences);

        [LoggerMessage(EventId = 2408, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: Twilio's list could not be read; it will be tried again")]
        public static partial void ListNotRead(ILogger logger, string broadcastId, string recipientKey);

        [LoggerMessage(EventId = 2409, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: it was sent by another Twilio account than this app has; only a callback can prove it")]
        public static partial void OtherAccount(ILogger logger, string broadcastId, string recipientKey);

        [LoggerMessage(EventId = 2410, Level = LogLevel.Information, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: Twilio has it as {Sid}")]
        public static partial void Bound(ILogger logger, string broadcastId, string recipientKey, string sid);

        [LoggerMessage(EventId = 2411, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: {Candidates} messages for {Open} open recipients; it stays unconfirmed")]
        public static partial void Ambiguous(ILogger logger, string broadcastId, string recipientKey, int candidates, int open);

        [LoggerMessage(EventId = 2412, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: two readings found nothing; it is sent again")]
        public static partial void Absent(ILogger logger, string broadcastId, string recipientKey);

        [LoggerMessage(EventId = 2413, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: not proved in time; it is sent again because Sending:OnUnproven says so")]
        public static partial void Resending(ILogger logger, string broadcastId, string recipientKey);
    }
}
