using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts;

/// <summary>Finishes what died half-way: fan-outs that nobody is finishing. Two at once do no harm.</summary>
public sealed partial class Sweeper(BroadcastStore store, FanOut fanOut, IOptions<BroadcastOptions> options, TimeProvider time, ILogger<Sweeper> logger)
{
    /// <summary>How often it is run, in Functions' notation (with seconds) and as a period.</summary>
    public const string Schedule = "0 * * * * *";

    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Looks once at every active broadcast.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var id in store.ListActiveAsync(cancellation))
        {
            if (await store.FindAsync(id, cancellation) is { FannedOutAt: null } broadcast
                && time.GetUtcNow() - broadcast.CreatedAt > options.Value.UnfinishedAfter)
            {
                Log.FinishingFanOut(logger, id, broadcast.FannedOut, broadcast.RecipientsCount);
                await fanOut.RunAsync(broadcast, cancellation);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}: finishing a fan-out that stopped at {Done} of {Recipients}")]
        public static partial void FinishingFanOut(ILogger logger, string broadcastId, int done, int recipients);
    }
}
