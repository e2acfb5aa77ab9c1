using System.Text;
using BulkSms.Common;

namespace BulkSms.OptOuts.Wording;

/// <summary>
/// Reads the words of a clean text, in capitals. An apostrophe is as if it were not there; a comma stands for whatever parts sentences, a question mark for itself;
/// all else parts words.
/// </summary>
internal static class WordReader
{
    public const string Boundary = ",";
    public const string Question = "?";

    /// <summary>Letters in a row from which on they are one word, spelt: S.T.O.P.</summary>
    private const int Spelt = 4;

    /// <summary>The same letter so often in a row is one: STOOOP.</summary>
    private const int Drawn = 3;

    /// <summary>All words.</summary>
    /// <param name="clean">See <see cref="CleanText"/>.</param>
    /// <param name="keepMarks">Whether ừ is another letter than u. Without, letters of Latin, Greek, Cyrillic, Hebrew and Arabic lose their marks.</param>
    public static List<string> Read(string clean, bool keepMarks = false)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        Rune? letter = null;
        for (var i = 0; i < clean.Length;)
        {
            Rune.DecodeFromUtf16(clean.AsSpan(i), out var rune, out var length);
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Capital(rune, keepMarks));
                letter = rune;
            }
            else if (word.Length > 0 && Decomposition.IsMark(rune))
            {
                word.Append(keepMarks || letter!.Value.Value >= 0x0700 ? rune.ToString() : "");
            }
            else if (rune.Value != '\'')
            {
                Flush();
                Part(words, rune.Value, clean, i);
            }

            i += length;
        }

        Flush();
        return Joined(words);

        void Flush()
        {
            if (word.Length > 0)
            {
                words.Add(Short(word.ToString()));
                word.Clear();
            }
        }
    }

    private static string Capital(Rune rune, bool keepMarks) => Rune.ToUpperInvariant(rune) switch
    {
        { Value: 'ß' or 'ẞ' } => "SS",
        { Value: 'ı' } => "I",
        { Value: 'Ø' } when !keepMarks => "O",
        { Value: 'Æ' } when !keepMarks => "AE",
        { Value: 'Œ' } when !keepMarks => "OE",
        { Value: 'Ł' } when !keepMarks => "L",
        { Value: 'ς' } => "Σ",
        var capital => capital.ToString(),
    };

    private static void Part(List<string> words, int at, string text, int index)
    {
        var kind = at switch
        {
            '?' or '\u061F' or '\u037E' => Question,
            '.' or ',' or ';' or ':' or '!' or '/' or '\\' or '|' or '\n' or '(' or ')' or '[' or ']' or '{' or '}' or '\u2022' or '\u00B7' => Boundary,
            '\u3001' or '\u3002' or '\u060C' or '\u061B' or '\u0964' or '\u2013' or '\u2014' or '\u2015' or '\u2212' => Boundary,
            '-' or '~' or '\u2010' or '\u2011' or '\u2012' when IsBlank(text, index - 1) || IsBlank(text, index + 1) => Boundary,
            _ => null,
        };
        if (kind is null || words.Count == 0)
        {
            return;
        }

        if (words[^1] is not (Boundary or Question))
        {
            words.Add(kind);
        }
        else if (kind == Question)
        {
            words[^1] = kind;
        }
    }

    private static bool IsBlank(string text, int index) => index < 0 || index >= text.Length || char.IsWhiteSpace(text[index]) || text[index] is '.' or '!' or ',' or '-';

    private static string Short(string word)
    {
        var shortened = new StringBuilder(word.Length);
        for (int i = 0, run; i < word.Length; i += run)
        {
            run = 1;
            while (i + run < word.Length && word[i + run] == word[i])
            {
                run++;
            }

            shortened.Append(word[i], run >= Drawn && char.IsAsciiLetter(word[i]) ? 1 : run);
        }

        return shortened.ToString();
    }

    private static List<string> Joined(List<string> words)
    {
        var joined = new List<string>(words.Count);
        for (var i = 0; i < words.Count;)
        {
            var letters = words.Skip(i).TakeWhile(word => word is Boundary || (word.Length == 1 && char.IsAsciiLetter(word[0]))).ToArray();
            var isSpelt = letters.Length > 0 && letters[0] != Boundary && letters.Count(word => word != Boundary) >= Spelt;
            joined.Add(isSpelt ? string.Concat(letters.Where(word => word != Boundary)) : words[i]);
            i += isSpelt ? letters.Length : 1;
        }

        return joined;
    }
}
