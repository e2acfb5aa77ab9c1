using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Twilio;
using BulkSms.Unreachable;
using Microsoft.Extensions.Logging;

namespace BulkSms.Sending;

/// <summary>What a result says beyond its own message: of its country, of its broadcast, of its number, of a code that the table does not know. A test says nothing of the first two.</summary>
public sealed partial class ResultWatch(CountryStops countries, AutoPause failures, UnreachableNumbers unreachable, SendMetrics metrics, ILogger<ResultWatch> logger)
{
    /// <summary>A message got through.</summary>
    /// <param name="key">Its recipient.</param>
    /// <param name="to">To whom.</param>
    /// <param name="later">False: Twilio accepted it. True: it was delivered after that.</param>
    public async Task SentAsync(RecipientKey key, string to, bool later)
    {
        if (!BroadcastId.IsTest(key.BroadcastId))
        {
            countries.GotThrough(key.BroadcastId, to, later);
            await failures.ResultAsync(key.BroadcastId, failed: false, later);
        }

        if (later)
        {
            await unreachable.DeliveredAsync(to); // last: it only advises
        }
    }

    /// <summary>A message was refused, or failed after it was accepted.</summary>
    /// <param name="key">Its recipient.</param>
    /// <param name="to">To whom.</param>
    /// <param name="code">Twilio's code; 0 when it gave none.</param>
    /// <param name="later">False: at the call. True: after Twilio had accepted it.</param>
    public async Task FailedAsync(RecipientKey key, string to, int code, bool later)
    {
        if (code != 0 && !TwilioErrors.IsKnown(code))
        {
            metrics.UnknownCode(code);
            Log.UnknownCode(logger, key.BroadcastId, key.Id, code);
        }

        if (!BroadcastId.IsTest(key.BroadcastId))
        {
            await countries.RefusedAsync(key.BroadcastId, to, code, later);
            await failures.ResultAsync(key.BroadcastId, failed: true, later);
        }

        await unreachable.FailedAsync(to, code);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2414, Level = LogLevel.Error, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: Twilio gave the code {Code}, which BulkSms does not know; look it up, and decide whether to go on")]
        public static partial void UnknownCode(ILogger logger, string broadcastId, string recipientKey, int code);
    }
}
