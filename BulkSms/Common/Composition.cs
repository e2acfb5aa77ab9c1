using System.Text;

namespace BulkSms.Common;

/// <summary>
/// A text in Unicode's normalization form C (NFC): an <c>e</c> with a mark upon it becomes the one character <c>é</c>. The app runs without ICU (InvariantGlobalization),
/// where <c>string.Normalize</c> changes nothing and does not say so.
/// </summary>
public static class Composition
{
    private const char LastThatStays = '\u02FF'; // up to here no character composes with the one before it
    private const int HangulFirst = 0xAC00;
    private const int HangulCount = Leads * Vowels * Finals;
    private const int LeadFirst = 0x1100;
    private const int Leads = 19;
    private const int VowelFirst = 0x1161;
    private const int Vowels = 21;
    private const int FinalNone = 0x11A7;
    private const int Finals = 28;
    private static readonly Lazy<CompositionTable> Lazy = new(CompositionTable.Load);

    private static CompositionTable Table => Lazy.Value;

    /// <summary>The composed text; a text that is composed is returned as it is.</summary>
    /// <param name="text">Valid Unicode; half a surrogate pair may become U+FFFD.</param>
    public static string Of(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange('\0', LastThatStays) < 0 || text.AsSpan().IndexOfAny(Table.MayChange) < 0 ? text : Compose(Decompose(text));

    private static List<Part> Decompose(string text)
    {
        var parts = new List<Part>(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(parts, rune.Value);
        }

        return Ordered(parts);
    }

    private static void Append(List<Part> parts, int point)
    {
        if (point - HangulFirst is >= 0 and < HangulCount and var index)
        {
            parts.Add(new(LeadFirst + (index / (Vowels * Finals)), 0));
            parts.Add(new(VowelFirst + (index % (Vowels * Finals) / Finals), 0));
            if (index % Finals > 0)
            {
                parts.Add(new(FinalNone + (index % Finals), 0));
            }
        }
        else if (Table.PartsOf(point) is { } decomposed)
        {
            foreach (var part in decomposed)
            {
                Append(parts, part);
            }
        }
        else
        {
            parts.Add(new(point, Table.ClassOf(point)));
        }
    }

    // Marks that stand on one letter come in the order of their classes; those of one class stay as they are.
    private static List<Part> Ordered(List<Part> parts)
    {
        for (int from = 0, to; from < parts.Count; from = to + 1)
        {
            to = from;
            while (to < parts.Count && parts[to].Class > 0)
            {
                to++;
            }

            if (to - from > 1)
            {
                Part[] marks = [.. parts[from..to].OrderBy(mark => mark.Class)];
                for (var i = 0; i < marks.Length; i++)
                {
                    parts[from + i] = marks[i];
                }
            }
        }

        return parts;
    }

    private static string Compose(List<Part> parts)
    {
        var (composed, letter) = (new List<Part>(parts.Count), -1);
        foreach (var part in parts)
        {
            var isNext = letter >= 0 && (letter == composed.Count - 1 || composed[^1].Class < part.Class);
            if (isNext && Pair(composed[letter].Point, part.Point) is { } one)
            {
                composed[letter] = new(one, 0);
                continue;
            }

            composed.Add(part);
            letter = part.Class == 0 ? composed.Count - 1 : letter;
        }

        var text = new StringBuilder(composed.Count);
        composed.ForEach(part => text.Append(new Rune(part.Point)));
        return text.ToString();
    }

    private static int? Pair(int first, int second) =>
        first - LeadFirst is >= 0 and < Leads and var lead && second - VowelFirst is >= 0 and < Vowels and var vowel ? HangulFirst + (((lead * Vowels) + vowel) * Finals)
        : first - HangulFirst is >= 0 and < HangulCount and var index && index % Finals == 0 && second - FinalNone is > 0 and < Finals and var final ? first + final
        : Table.Pair(first, second);

    /// <param name="Point">The code point.</param>
    /// <param name="Class">Its combining class; 0: it is no mark.</param>
    private readonly record struct Part(int Point, byte Class);
}
