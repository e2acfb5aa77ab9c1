using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.StatusCallbacks;

/// <summary>
/// Callbacks are best effort, and those that come while the app is away are lost. So a few of the messages that have had no news for minutes are asked for at Twilio, each sweep. Where one
/// of them has news, callbacks were lost, and the others are asked for at once. Where none has, each is asked for again after twice as long.
/// </summary>
public sealed partial class PollMissing(
    RecipientTable recipients,
    TwilioMessages messages,
    TwilioAccounts accounts,
    ApplyStatusCallback apply,
    IOptions<CallbackOptions> options,
    TimeProvider time,
    Random random,
    ILogger<PollMissing> logger)
{
    /// <summary>Messages of one broadcast that one sweep asks for, to find out whether callbacks were lost.</summary>
    public const int Sample = 10;

    /// <summary>Messages that are asked for before it is looked at again whether asking finds anything.</summary>
    private const int Slice = 200;

    /// <summary>Slices of one broadcast and sweep, while each finds lost callbacks.</summary>
    private const int MaxSlices = 10;

    private const int Concurrency = 8;

    private static readonly StatusFilter Unfinished = new([RecipientStatus.Submitted]);

    private TimeSpan Least => options.Value.AskAfter < options.Value.PollAfter ? options.Value.AskAfter : options.Value.PollAfter;

    /// <summary>Asks for a broadcast's messages, as far as it is time.</summary>
    public async Task RunAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var quietSince = now - Least;
        if (broadcast.CreatedAt > quietSince)
        {
            return;
        }

        var due = await Shard.Of(broadcast.Id, broadcast.Shards).ToAsyncEnumerable()
            .SelectMany(shard => recipients.Rows(shard, Unfinished, null, cancellation, quietSince))
            .Where(row => now - row.Timestamp >= WaitOf(row))
            .Take(Slice * MaxSlices)
            .ToArrayAsync(cancellation);
        if (due.Length == 0)
        {
            return;
        }

        random.Shuffle(due);
        var account = await accounts.FindAsync(broadcast.Account, cancellation);
        var (asked, missed) = (0, 0);
        foreach (var slice in due[..Math.Min(Sample, due.Length)].Chunk(Sample).Concat(due.Skip(Sample).Chunk(Slice)))
        {
            var news = await AskAllAsync(slice, account, cancellation);
            (asked, missed) = (asked + slice.Length, missed + news);
            if (news == 0)
            {
                break; // no callback is missing: there is no news yet
            }
        }

        Log.Asked(logger, broadcast.Id, asked, missed);
    }

    // As long again as it has been without news since it was sent: at 5, 10, 20, 40 minutes and then each hour, by default.
    private TimeSpan WaitOf(Recipient row)
    {
        var known = row.Timestamp - (row.SentAt ?? row.Timestamp);
        var (least, most) = (Least, options.Value.PollAfter);
        return known <= least ? least : known < most ? known : most;
    }

    private async Task<int> AskAllAsync(Recipient[] rows, TwilioCredentials? account, CancellationToken cancellation)
    {
        var news = 0;
        await Parallel.ForEachAsync(
            rows, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation }, async (row, stop) =>
            {
                if (await AskAsync(row, account, stop))
                {
                    Interlocked.Increment(ref news);
                }
            });
        return news;
    }

    // Whether there was news.
    private async Task<bool> AskAsync(Recipient row, TwilioCredentials? account, CancellationToken cancellation)
    {
        // Another account's messages are not ours to ask for; those the account knows nothing of stay as they are.
        var found = account is not null && row.Account == account.AccountSid && TwilioAnswer.IsMessageSid(row.Sid) ? await messages.FetchAsync(account, row.Sid!, cancellation) : null;
        if (found is not null && ProviderStatus.MayFollow(row.ProviderStatus, found.Status))
        {
            await apply.ApplyAsync(row.Key, new(row.Sid!, found.Status, found.ErrorCode));
            return true;
        }

        // The row's own time of writing says when it was last heard of, or asked for.
        await recipients.TryApplyAsync(row, new RecipientEvent.Polled(time.GetUtcNow()), cancellation);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2705, Level = LogLevel.Information, Message = "Broadcast {BroadcastId}: asked Twilio for {Messages} messages that no callback had come for; {Missed} had news")]
        public static partial void Asked(ILogger logger, string broadcastId, int messages, int missed);
    }
}
