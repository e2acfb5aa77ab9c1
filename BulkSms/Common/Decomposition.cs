using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace BulkSms.Common;

/// <summary>
/// A text in Unicode's compatibility decomposition (NFKD), by which equal texts can be told: <c>ＳＴＯＰ</c> is <c>STOP</c>, and <c>ê</c> is <c>e</c> with a mark,
/// however it was typed. The app runs without ICU (InvariantGlobalization), where <c>string.Normalize</c> changes nothing and does not say so.
/// </summary>
public static class Decomposition
{
    private const string Resource = "BulkSms.Common.Nfkd.txt";
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;
    private const int Vowels = 21;
    private const int Finals = 28;
    private static readonly Lazy<FrozenDictionary<int, string>> Table = new(Load);

    /// <summary>The decomposed text. Marks that stand on one letter come in the order of their code points; half a surrogate pair becomes U+FFFD.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var decomposed = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(decomposed, rune);
        }

        return WithSortedMarks(decomposed.ToString());
    }

    /// <summary>Whether a character is drawn upon the one before it.</summary>
    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static void Append(StringBuilder text, Rune rune)
    {
        if (rune.Value is >= HangulFirst and <= HangulLast)
        {
            var index = rune.Value - HangulFirst;
            text.Append((char)(0x1100 + (index / (Vowels * Finals)))).Append((char)(0x1161 + (index % (Vowels * Finals) / Finals)));
            if (index % Finals is var final and > 0)
            {
                text.Append((char)(0x11A7 + final));
            }
        }
        else if (Table.Value.TryGetValue(rune.Value, out var decomposed))
        {
            text.Append(decomposed);
        }
        else
        {
            text.Append(rune);
        }
    }

    // Unicode orders them by class, which takes one more table; here any order will do, as long as it is always the same.
    private static string WithSortedMarks(string text)
    {
        var sorted = new StringBuilder(text.Length);
        var marks = new List<Rune>();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsMark(rune))
            {
                marks.Add(rune);
                continue;
            }

            Flush();
            sorted.Append(rune);
        }

        Flush();
        return sorted.ToString();

        void Flush()
        {
            foreach (var mark in marks.Order())
            {
                sorted.Append(mark);
            }

            marks.Clear();
        }
    }

    private static FrozenDictionary<int, string> Load()
    {
        using var stream = typeof(Decomposition).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        var table = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var points = line.Split(' ').Select(hex => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            table[points[0]] = string.Concat(points.Skip(1).Select(char.ConvertFromUtf32));
        }

        return table.ToFrozenDictionary();
    }
}
