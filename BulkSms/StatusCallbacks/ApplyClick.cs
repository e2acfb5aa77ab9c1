using BulkSms.Recipients;
using Microsoft.Extensions.Logging;

namespace BulkSms.StatusCallbacks;

/// <summary>
/// Counts a click on its recipient's row. Twilio names the message by its id and its number: the row is looked for among the broadcasts that shorten links, newest first, so that sending writes no index of
/// ids. What a broadcast comes to is counted from its rows.
/// </summary>
public sealed partial class ApplyClick(RecipientTable table, ShortenedBroadcasts broadcasts, ILogger<ApplyClick> logger)
{
    private const int Tries = 20;

    /// <summary>Counts it, once; nothing to do for a message that is not known here.</summary>
    /// <returns>False: another account has signed it than the message was sent by.</returns>
    /// <exception cref="TimeoutException">Others kept changing the row.</exception>
    public async Task<bool> ApplyAsync(Click click, CancellationToken cancellation)
    {
        if (await broadcasts.FindAsync(click.To, click.Sid, cancellation) is not { } found)
        {
            Log.Unknown(logger, click.Sid);
            return true;
        }

        Recipient? row = found;
        for (var i = 0; i < Tries && row is not null; i++)
        {
            if (row.Account is { } account && account != click.Account)
            {
                Log.OtherAccount(logger, row.Key.BroadcastId, row.Key.Id, click.Sid);
                return false;
            }

            if (RecipientState.After(row, new RecipientEvent.Clicked(click.Id)) is not { } transition || await table.TryWriteAsync(transition, CancellationToken.None) is not null)
            {
                return true; // or it was counted before
            }

            row = (await table.ReadAsync(row.Key, cancellation))?.Row;
        }

        return row is null ? true : throw new TimeoutException("The row kept changing.");
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2709, Level = LogLevel.Information, Message = "A link of message {Sid} was followed, which no broadcast here has sent")]
        public static partial void Unknown(ILogger logger, string sid);

        [LoggerMessage(EventId = 2710, Level = LogLevel.Warning, Message = "Broadcast {BroadcastId}, recipient {RecipientKey}: a click on message {Sid} is signed by another account than the message was sent by")]
        public static partial void OtherAccount(ILogger logger, string broadcastId, string recipientKey, string sid);
    }
}
