using BulkSms.Broadcasts;
using BulkSms.Common;
using BulkSms.Dispatch;
using BulkSms.Queues;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>Fans out a broadcast that is committed: here, or by the queue when it is large or when fanning out here fails.</summary>
public sealed partial class StartFanOut(FanOut fanOut, FanOutQueue queue, IOptions<BroadcastOptions> options, ILogger<StartFanOut> logger)
{
    /// <summary>Starts it; never throws. Whatever fails is finished by the queue, and if that fails too, by the sweeper.</summary>
    /// <param name="broadcast">The broadcast. Fanning out twice at once is harmless, not at all is not.</param>
    /// <param name="known">Until when what was read of the opt-outs is recent enough.</param>
    public async Task RunAsync(Broadcast broadcast, Deadline known)
    {
        if (broadcast.AwaitsApproval)
        {
            return;
        }

        try
        {
            if (broadcast.RecipientsCount <= options.Value.InlineRecipientLimit)
            {
                await fanOut.RunAsync(broadcast, CancellationToken.None, known);
                return;
            }
        }
        catch (Exception e)
        {
            Log.FanOutInterrupted(logger, broadcast.Id, e.GetType().Name);
        }

        try
        {
            await queue.EnqueueAsync(broadcast.Id, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.FanOutInterrupted(logger, broadcast.Id, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId} is accepted but its fan-out was interrupted ({Fault}); it will be finished")]
        public static partial void FanOutInterrupted(ILogger logger, string broadcastId, string fault);
    }
}
