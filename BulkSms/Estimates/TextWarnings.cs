using System.Globalization;
using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Lists;

namespace BulkSms.Estimates;

/// <summary>What a preview warns of in the texts themselves.</summary>
internal static class TextWarnings
{
    private const char Separator = ';';

    /// <summary>The warnings.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timed">Whom it reaches.</param>
    /// <param name="options">Says which phrases are looked for.</param>
    /// <param name="before">The same text to the same list, within a day; null: there is none.</param>
    public static IEnumerable<ListWarning> Of(BroadcastRequest request, TimedRequest timed, BroadcastOptions options, RecentText? before)
    {
        if (before is not null)
        {
            var confirm = timed.Recipients.Count > RecentTexts.MostUnconfirmed && !request.Terms.ConfirmRepeat ? ". Set confirmRepeat to true to send it once more" : "";
            yield return new(request.Terms.MessagePath, string.Create(
                CultureInfo.InvariantCulture, $"was accepted for the same list at {before.CreatedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, as broadcast {before.BroadcastId}{confirm}"));
        }

        if (request.Terms.Extras.ContentSid is not null)
        {
            yield break; // its text is not known
        }

        if (PlaceWithout(options.SenderPhrases, request, timed) is { } nameless)
        {
            yield return new(nameless, "does not say who sends it: it has none of the phrases of Broadcasts:SenderPhrases");
        }

        if (PlaceWithout(options.OptOutPhrases, request, timed) is { } endless)
        {
            yield return new(endless, "does not say how to opt out, such as \"Reply STOP to opt out\": it has none of the phrases of Broadcasts:OptOutPhrases");
        }
    }

    // Null: each text has one of the phrases, or there is none to look for.
    private static string? PlaceWithout(string listed, BroadcastRequest request, TimedRequest timed)
    {
        var phrases = listed.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (phrases.Length == 0 || (request.Terms.Template is { } template ? template.Literals.Any(literal => HasOne(literal, phrases)) : HasOne(request.Message, phrases)))
        {
            return null;
        }

        if (request.Terms.Template is null)
        {
            return request.Terms.MessagePath;
        }

        // The sender's name may be a value: then the first text without one tells. Where no text has one, it is the message that lacks it.
        var (without, isInSome) = ((int?)null, false);
        foreach (var recipient in timed.Recipients)
        {
            var has = HasOne(recipient.Text!, phrases);
            isInSome |= has;
            without ??= has ? null : recipient.Place;
            if (isInSome && without is not null)
            {
                break;
            }
        }

        return without is not { } place ? null : isInSome ? request.Places.Paths.OfEntry(place) : request.Terms.MessagePath;
    }

    private static bool HasOne(string text, string[] phrases) => Array.Exists(phrases, phrase => Has(text, phrase));

    // Whole words: "nonstop" is no way to opt out.
    private static bool Has(string text, string phrase)
    {
        for (var at = text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + phrase.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(phrase[0]))
                && (end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(phrase[^1])))
            {
                return true;
            }
        }

        return false;
    }
}
