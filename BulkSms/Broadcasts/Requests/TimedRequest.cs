using System.Globalization;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Recipients;
using BulkSms.Unreachable;

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
/// <param name="Skipped">The entries that are no recipients, in their order.</param>
/// <param name="KnownBad">Numbers that could not get a text before: recipients, or with <c>skipKnownBad</c> left out.</param>
public sealed record TimedRequest(Addressees Recipients, int OptedOut, int? Invalid, FieldErrors Errors, SendTimes Times, IReadOnlyCollection<SkippedEntry> Skipped, int KnownBad = 0)
{
    /// <summary>How long ago <c>sendAt</c> may be: a request takes its time, and clocks differ. Longer ago is a wrong year, day or time zone.</summary>
    public static readonly TimeSpan LateBy = TimeSpan.FromMinutes(5);

    /// <summary>Looks at a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The moment.</param>
    /// <param name="expireAfter">How long after it is due a message may be sent, when the request does not say.</param>
    /// <param name="optedOutSince">Tells since when a number has opted out; null: it has not.</param>
    /// <param name="knownBad">Tells what is known against a number; null: nothing is asked.</param>
    public static TimedRequest Of(
        BroadcastRequest request, DateTimeOffset now, TimeSpan expireAfter, Func<string, DateTimeOffset?> optedOutSince, Func<string, UnreachableNumber?>? knownBad = null)
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

        var times = TimesOf(request, now, expireAfter, errors);
        var asksTimes = request.Quiet is not null && !errors.Any;
        var (unique, optedOut, bad, unreached, kept, late) = (request.Recipients.Unique, 0, 0, 0, new ChunkedList<int>(), new SkippedList());
        for (var i = 0; i < unique.Count; i++)
        {
            var number = unique[i];
            if (optedOutSince(number) is { } since)
            {
                optedOut++;
                late.Add(Entry(request, i, SkippedReason.OptedOut) with { Since = since });
            }
            else if (knownBad?.Invoke(number) is { } failure && ++bad > 0 && request.Terms.SkipKnownBad)
            {
                late.Add(Entry(request, i, SkippedReason.KnownBad) with { Since = failure.Since, Code = failure.Code });
            }
            else if (!asksTimes || times.Reaches(number))
            {
                kept.Add(i);
            }
            else
            {
                unreached++;
                Refuse(request, i, Describe(times.For(number), times.Begins), errors, late);
            }
        }

        if (unreached > 0 && kept.Count + optedOut + (request.Terms.SkipKnownBad ? bad : 0) == 0 && !errors.Any)
        {
            errors.Add(request.Places.PathOfAll, RecipientCollector.NoneWithoutFault);
        }

        var recipients = request.Recipients.Only(kept.Count == unique.Count ? null : kept);
        return new(recipients, optedOut, request.Invalid + (request.Terms.SkipInvalid ? unreached : 0), errors, times, SkippedOf(request, late), bad);
    }

    private static SendTimes TimesOf(BroadcastRequest request, DateTimeOffset now, TimeSpan expireAfter, FieldErrors errors)
    {
        var begins = request.SendAt > now ? request.SendAt.Value : now;
        var wait = request.Terms.Canary?.For ?? TimeSpan.Zero;
        if (wait > TimeSpan.Zero && begins + wait + (request.SendOver ?? TimeSpan.Zero) >= request.ExpiresAt)
        {
            errors.Add(request.Terms.CanaryPath, $"must end before the message expires, at {Text(request.ExpiresAt.Value)}: let it expire later, or wait for a shorter time");
        }
        else if (begins + request.SendOver >= request.ExpiresAt)
        {
            errors.Add(request.Terms.SendOverPath, $"must end before the message expires, at {Text(request.ExpiresAt.Value)}: let it expire later, or take a shorter time");
        }

        return new(begins, request.ExpiresAt, expireAfter + wait + (request.SendOver ?? TimeSpan.Zero), request.Quiet, request.SendOver);
    }

    private static void Refuse(BroadcastRequest request, int index, string error, FieldErrors errors, SkippedList late)
    {
        if (request.Terms.SkipInvalid)
        {
            late.Add(Entry(request, index, SkippedReason.Invalid) with { Detail = error });
        }
        else
        {
            errors.Add(request.Places.PathOf(index), error);
        }
    }

    private static SkippedEntry Entry(BroadcastRequest request, int index, string reason) =>
        new(request.Recipients.Places[index], request.Recipients.WrittenAt(index), reason, request.Recipients.ReferenceAt(index)) { To = request.Recipients.Unique[index] };

    private static IReadOnlyCollection<SkippedEntry> SkippedOf(BroadcastRequest request, SkippedList late) =>
        late.Count == 0 ? request.Skipped : request.Skipped.Count == 0 ? late : new MergedSkipped(request.Skipped, late);

    private static string Describe(SendTime time, DateTimeOffset begins) => time switch
    {
        { IsInTime: true } => "is in its quiet hours during all of sendOver: let that be longer, or shorten the quiet hours",
        { Zones.IsNone: true } => "belongs to no country whose time zones are known: say by quietHours.timeZone whose clock counts",
        { DueAt: { } due } => $"is in its quiet hours until {Text(due)}, and the message expires at {Text(time.ExpiresAt)}: let it expire later, or shorten the quiet hours",
        _ => $"may be in {time.Zones!.Zones.Count} time zones, and from {Text(begins)} on no moment is outside the quiet hours of all:"
            + " say by quietHours.timeZone whose clock counts, or shorten the quiet hours",
    };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
