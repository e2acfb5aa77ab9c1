using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Security;
using BulkSms.Sending;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts;

/// <summary>Commits a broadcast, then fans it out: here, or by the queue when it is large or when fanning out here fails.</summary>
public sealed partial class AcceptBroadcast(
    BroadcastStore store,
    FanOut fanOut,
    ExpandQueue expand,
    TwilioCredentialsSource credentials,
    IOptions<TwilioOptions> twilio,
    IOptions<BroadcastOptions> options,
    TimeProvider time,
    ILogger<AcceptBroadcast> logger)
{
    /// <summary>
    /// Accepts all of it or nothing. There is no cancellation: a caller who hangs up after the commit point still gets every message sent.
    /// </summary>
    public async Task<(CommitResult Result, Broadcast Broadcast)> Async(BroadcastRequest request)
    {
        var account = await credentials.GetAsync(CancellationToken.None);
        var now = time.GetUtcNow();
        var numbers = request.Recipients.Unique;
        var broadcast = new Broadcast
        {
            Id = BroadcastId.New(now),
            Message = request.Message,
            CreatedAt = now,
            RecipientsCount = numbers.Count,
            DuplicatesRemoved = request.Recipients.Duplicates,
            Segments = request.Segments,
            Shards = RecipientKey.ShardsFor(numbers.Count),
            HashName = RecipientKey.HashName,
            Account = account.AccountSid,
            Service = twilio.Value.MessagingServiceSid,
            Recipients = numbers,
        };
        var result = await store.CommitAsync(broadcast);
        if (result is CommitResult.Committed)
        {
            Log.Accepted(logger, broadcast.Id, broadcast.RecipientsCount, broadcast.DuplicatesRemoved, broadcast.Segments.Count);
            await StartFanOutAsync(broadcast);
        }

        return (result, broadcast);
    }

    // From here on the broadcast is accepted. Whatever fails now is finished by the queue, and if that fails too, by the sweeper.
    private async Task StartFanOutAsync(Broadcast broadcast)
    {
        try
        {
            if (broadcast.RecipientsCount <= options.Value.InlineRecipientLimit)
            {
                await fanOut.RunAsync(broadcast, CancellationToken.None);
                return;
            }
        }
        catch (Exception e)
        {
            Log.FanOutInterrupted(logger, broadcast.Id, e.GetType().Name);
        }

        try
        {
            await expand.EnqueueAsync(broadcast.Id, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.FanOutInterrupted(logger, broadcast.Id, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Broadcast {BroadcastId} accepted: {Recipients} recipients, {Duplicates} duplicates removed, {Segments} segments each")]
        public static partial void Accepted(ILogger logger, string broadcastId, int recipients, int duplicates, int segments);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Broadcast {BroadcastId} is accepted but its fan-out was interrupted ({Fault}); it will be finished")]
        public static partial void FanOutInterrupted(ILogger logger, string broadcastId, string fault);
    }
}
