using System.Globalization;
using BulkSms.Http;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>
/// A request at one moment: whom it reaches in time, and what is wrong with its times. The door and the preview both ask this, after the question whether the request is
/// a repeat: what comes of a repeat does not depend on the time.
/// </summary>
/// <param name="Recipients">Whom it reaches: without those who have opted out, and with <c>onInvalid=skip</c> without those whom it cannot reach in time.</param>
/// <param name="OptedOut">How many have opted out.</param>
/// <param name="Invalid">Entries left out because of an error; null: none would have been.</param>
/// <param name="Errors">What is wrong, by its place.</param>
/// <param name="Times">When each may be texted.</param>
public sealed record TimedRequest(Addressees Recipients, int OptedOut, int? Invalid, FieldErrors Errors, SendTimes Times)
{
    /// <summary>How long ago <c>sendAt</c> may be: a request takes its time, and clocks differ. Longer ago is a wrong year, day or time zone.</summary>
    public static readonly TimeSpan LateBy = TimeSpan.FromMinutes(5);

    /// <summary>Looks at a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The moment.</param>
    /// <param name="expireAfter">How long after it is due a message may be sent, when the request does not say.</param>
    /// <param name="hasOptedOut">Tells who has opted out.</param>
    public static TimedRequest Of(BroadcastRequest request, DateTimeOffset now, TimeSpan expireAfter, Func<string, bool> hasOptedOut)
    {
        var errors = new FieldErrors();
        if (now - request.SendAt > LateBy)
        {
            errors.Add(request.Terms.SendAtPath, $"must not be more than {LateBy.TotalMinutes} minutes ago");
        }

        if (request.ExpiresAt <= now)
        {
            errors.Add(request.Terms.ExpiresAtPath, "must be in the future");
        }

        var times = new SendTimes(request.SendAt > now ? request.SendAt.Value : now, request.ExpiresAt, expireAfter, request.Quiet);
        if (request.Quiet is not null && !errors.Any)
        {
            return WithQuietHours(request, times, errors, hasOptedOut);
        }

        var recipients = request.Recipients.Without(hasOptedOut);
        return new(recipients, request.Recipients.Unique.Count - recipients.Count, request.Invalid, errors, times);
    }

    private static TimedRequest WithQuietHours(BroadcastRequest request, SendTimes times, FieldErrors errors, Func<string, bool> hasOptedOut)
    {
        var (unique, optedOut, skipped) = (request.Recipients.Unique, 0, 0);
        var kept = new List<int>(unique.Count);
        for (var i = 0; i < unique.Count; i++)
        {
            if (hasOptedOut(unique[i]))
            {
                optedOut++;
            }
            else if (times.Reaches(unique[i]))
            {
                kept.Add(i);
            }
            else
            {
                skipped++;
                if (!request.Terms.SkipInvalid)
                {
                    errors.Add(request.Places.PathOf(i), Describe(times.For(unique[i]), times.Begins));
                }
            }
        }

        if (skipped > 0 && kept.Count + optedOut == 0 && !errors.Any)
        {
            errors.Add(request.Places.PathOfAll, RecipientCollector.NoneWithoutFault);
        }

        return new(request.Recipients.Only(kept), optedOut, request.Invalid + (request.Terms.SkipInvalid ? skipped : 0), errors, times);
    }

    private static string Describe(SendTime time, DateTimeOffset begins) => time switch
    {
        { Zones.IsNone: true } => "belongs to no country whose time zones are known: say by quietHours.timeZone whose clock counts",
        { DueAt: { } due } => $"is in its quiet hours until {Text(due)}, and the message expires at {Text(time.ExpiresAt)}: let it expire later, or shorten the quiet hours",
        _ => $"may be in {time.Zones!.Zones.Count} time zones, and from {Text(begins)} on no moment is outside the quiet hours of all:"
            + " say by quietHours.timeZone whose clock counts, or shorten the quiet hours",
    };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
