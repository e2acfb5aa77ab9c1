using System.Collections.Concurrent;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.SendingControl;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Sending;

/// <summary>
/// Watches for countries that a broadcast cannot be sent to: after so many refusals in a row the country is stopped within that broadcast, on every
/// instance. Each instance counts for itself; what is in flight elsewhere meanwhile costs a few calls, nothing more. What Twilio refuses at once and
/// what fails after it was accepted are counted apart: one says nothing about the other.
/// </summary>
public sealed partial class CountryStops(ControlTable control, IOptions<SendingOptions> options, ILogger<CountryStops> logger)
{
    /// <summary>Countries counted at a time; beyond that the counting begins anew.</summary>
    private const int MaxCounted = 1000;

    private readonly ConcurrentDictionary<(string BroadcastId, string Country, bool Later), int> inARow = [];

    /// <summary>A message got through: whatever was counted for its country is forgotten.</summary>
    /// <param name="broadcastId">Its broadcast.</param>
    /// <param name="number">To whom.</param>
    /// <param name="later">False: Twilio accepted it. True: it went out after that.</param>
    public void GotThrough(string broadcastId, string number, bool later)
    {
        if (!inARow.IsEmpty)
        {
            inARow.TryRemove((broadcastId, PhoneNumber.CountryOf(number), later), out _);
        }
    }

    /// <summary>A message was refused. Codes that say nothing about its country do not count.</summary>
    /// <param name="broadcastId">Its broadcast.</param>
    /// <param name="number">To whom.</param>
    /// <param name="code">Twilio's code.</param>
    /// <param name="later">False: at the call. True: after Twilio had accepted it.</param>
    public async Task RefusedAsync(string broadcastId, string number, int code, bool later)
    {
        if (!TwilioErrors.IsOfCountry(code))
        {
            return;
        }

        var country = PhoneNumber.CountryOf(number);
        if (inARow.Count >= MaxCounted)
        {
            inARow.Clear();
        }

        if (inARow.AddOrUpdate((broadcastId, country, later), 1, (_, count) => count + 1) < options.Value.StopCountryAfter)
        {
            return;
        }

        await control.StopCountryAsync(new(broadcastId, country, code), CancellationToken.None);
        inARow.TryRemove((broadcastId, country, later), out _);
        Log.Stopped(logger, broadcastId, country, code, TwilioErrors.Words(code));
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2405, Level = LogLevel.Error, Message = "Broadcast {BroadcastId} is sent to {Country} no more: {Code}, {Reason}")]
        public static partial void Stopped(ILogger logger, string broadcastId, string country, int code, string reason);
    }
}
