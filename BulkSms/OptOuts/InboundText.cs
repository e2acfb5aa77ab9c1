using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace BulkSms.OptOuts;

/// <summary>What a text to us asks for.</summary>
public enum Wish
{
    /// <summary>Nothing that concerns opt-outs.</summary>
    None,
    Stop,
    Start,
}

/// <summary>Reads the wish in a text: Twilio's verdict if it gives one, else the words. In doubt it is none; see <see cref="OptOutWords"/>.</summary>
public static class InboundText
{
    /// <summary>Words of the longest text that is looked at: what is longer is a letter, not a command.</summary>
    private const int MaxWords = 12;

    private static readonly FrozenSet<string> Stop = OptOutWords.Stop.Values.SelectMany(words => words).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Start = OptOutWords.Start.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="optOutType">STOP, START or HELP from Twilio's Advanced Opt-Out; null or empty without it.</param>
    /// <param name="body">The text; null: none.</param>
    public static Wish Read(string? optOutType, string? body) => optOutType?.Trim().ToUpperInvariant() switch
    {
        "STOP" => Wish.Stop,
        "START" => Wish.Start,
        "HELP" => Wish.None,
        _ => Read(body ?? ""),
    };

    private static Wish Read(string body)
    {
        var words = Words(body);
        return string.Join(' ', words) switch
        {
            _ when words.Count is 0 or > MaxWords => Wish.None,
            var text when Stop.Contains(text) => Wish.Stop,
            var text when Start.Contains(text) => Wish.Start,
            _ => OptOutWords.Phrases.Contains(WithoutCourtesy(words)) ? Wish.Stop : Wish.None,
        };
    }

    private static string WithoutCourtesy(List<string> words)
    {
        var first = words.FindIndex(word => !OptOutWords.Before.Contains(word));
        var last = words.FindLastIndex(word => !OptOutWords.After.Contains(word));
        return first < 0 || last < first ? "" : string.Join(' ', words[first..(last + 1)]);
    }

    // Letters and digits of any script, in capitals; an apostrophe is as if it were not there, everything else parts words.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || (word.Length > 0 && IsMark(rune)))
            {
                word.Append(Rune.ToUpperInvariant(rune));
            }
            else if (word.Length > 0 && !IsApostrophe(rune))
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    // Vowels of Hindi, say; but not the mark that only says "as an emoji".
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark && rune.Value is < 0xFE00 or > 0xFE0F;

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '\u2019' or '\u2018';
}
