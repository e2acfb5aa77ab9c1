using BulkSms.Twilio;

namespace BulkSms.OptOuts;

/// <summary>When people texted us, by Twilio's own clock: the order of a STOP and a START is told by it alone.</summary>
public sealed class TextTimes(OptOutList list, TwilioMessages messages, TwilioAccounts accounts)
{
    /// <summary>How far Twilio's clock and ours may be apart: nearer than this, Twilio is asked.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>When Twilio took a text; null: it has no such text.</summary>
    /// <exception cref="TimeoutException">Twilio did not answer: it is to be repeated.</exception>
    public async Task<DateTimeOffset?> OfAsync(string sid, CancellationToken cancellation)
    {
        // Which account received it is not kept: each is asked, and one has it.
        var isAnswered = true;
        foreach (var source in accounts.Sources)
        {
            var (isAnsweredHere, createdAt) = await messages.CreatedAtAsync(await source.GetAsync(cancellation), sid, cancellation);
            if (createdAt is not null)
            {
                return createdAt;
            }

            isAnswered &= isAnsweredHere;
        }

        return isAnswered ? null : throw new TimeoutException("Twilio did not tell when a text was sent.");
    }

    /// <summary>Whether a phone texted a STOP at a time or after it, whichever STOP was handled last: they may be handled in any order.</summary>
    /// <exception cref="TimeoutException">Twilio did not answer: it is to be repeated.</exception>
    public async Task<bool> HasStopSinceAsync(string phone, DateTimeOffset at, CancellationToken cancellation)
    {
        await foreach (var (sid, heardAt) in list.StopsHeardSinceAsync(phone, at - Skew, cancellation))
        {
            if ((await OfAsync(sid, cancellation) ?? heardAt) >= at)
            {
                return true;
            }
        }

        return false;
    }
}
