using Azure.Data.Tables;
using BulkSms.Broadcasts;
using BulkSms.Recipients;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.StatusCallbacks;

/// <summary>
/// Callbacks are best effort. Messages that have had none for long and no final status are asked for at Twilio, so many a sweep, and again after the
/// same time, until their status is final or their broadcast is closed.
/// </summary>
public sealed partial class PollMissing(
    RecipientTable recipients,
    TwilioMessages messages,
    TwilioCredentialsSource credentials,
    ApplyStatusCallback apply,
    IOptions<CallbackOptions> options,
    TimeProvider time,
    ILogger<PollMissing> logger)
{
    /// <summary>Messages of one broadcast that one sweep asks for.</summary>
    private const int Slice = 200;

    private const int Concurrency = 8;

    private static readonly string Unfinished = TableClient.CreateQueryFilter($"status eq {RecipientStatus.Submitted}");

    /// <summary>Asks for one slice of a broadcast's messages.</summary>
    public async Task RunAsync(Broadcast broadcast, CancellationToken cancellation)
    {
        var quietSince = time.GetUtcNow() - options.Value.PollAfter;
        if (broadcast.CreatedAt > quietSince)
        {
            return;
        }

        var account = await credentials.GetAsync(cancellation);
        var filter = $"{TableClient.CreateQueryFilter($"Timestamp lt {quietSince}")} and {Unfinished}";
        var rows = Shard.Of(broadcast.Id, broadcast.Shards).ToAsyncEnumerable()
            .SelectMany(shard => recipients.Rows(shard, filter, null, cancellation))
            .Take(Slice);
        var asked = 0;
        await Parallel.ForEachAsync(
            rows, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation }, async (row, stop) =>
            {
                Interlocked.Increment(ref asked);
                await AskAsync(row, account, stop);
            });
        if (asked > 0)
        {
            Log.Asked(logger, broadcast.Id, asked);
        }
    }

    private async Task AskAsync(Recipient row, TwilioCredentials account, CancellationToken cancellation)
    {
        // Another account's messages are not ours to ask for; those the account knows nothing of stay as they are.
        var found = row.Account == account.AccountSid && TwilioAnswer.IsMessageSid(row.Sid) ? await messages.FetchAsync(account, row.Sid!, cancellation) : null;
        if (found is not null && ProviderStatus.MayFollow(row.ProviderStatus, found.Status))
        {
            await apply.ApplyAsync(row.Key, new(row.Sid!, found.Status, found.ErrorCode));
            return;
        }

        // The row's own time of writing says when it was last heard of, or asked for.
        await recipients.TryMergeAsync(row.Key, row.ETag, new() { [RecipientColumns.PolledAt] = time.GetUtcNow() }, cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Broadcast {BroadcastId}: asked Twilio for {Messages} messages that no callback had come for")]
        public static partial void Asked(ILogger logger, string broadcastId, int messages);
    }
}
