using System.Text;

namespace BulkSms.Recipients;

/// <summary>A written number character by character, cleaned of what is not seen, with the position of each in what was written.</summary>
internal sealed class NumberMarks
{
    private const string Separators = "+-./()";
    private readonly IReadOnlyList<(Rune Rune, int Position)> runes;

    private NumberMarks(IReadOnlyList<(Rune Rune, int Position)> runes)
    {
        this.runes = runes;
        Text = string.Concat(runes.Select(each => each.Rune.ToString()));
    }

    /// <summary>The text that is left.</summary>
    public string Text { get; }

    /// <summary>Drops what is not seen and what surrounds the number; all kinds of blanks become one, and all hyphens and dashes.</summary>
    public static NumberMarks Clean(string text)
    {
        var runes = new List<(Rune Rune, int Position)>(text.Length);
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            position++;
            if (!ComesWithCopying(rune))
            {
                runes.Add((IsBlank(rune) ? new(' ') : IsHyphen(rune) ? new('-') : rune, position));
            }
        }

        var first = runes.FindIndex(each => !Surrounds(each.Rune));
        var last = runes.FindLastIndex(each => !Surrounds(each.Rune));
        return new(first < 0 ? [] : runes[first..(last + 1)]);
    }

    /// <summary>Without so many characters at the beginning, and the blanks after them.</summary>
    public NumberMarks From(int index)
    {
        while (index > 0 && index < runes.Count && runes[index].Rune.Value == ' ')
        {
            index++;
        }

        return index == 0 ? this : new([.. runes.Skip(index)]);
    }

    /// <summary>The position of a character of <see cref="Text"/>, which must be of one code unit, as all before it.</summary>
    public NumberMark At(int index) => new(Text[index], runes[index].Position);

    /// <summary>The error of the first character that no notation has; null: there is none.</summary>
    public string? Unread()
    {
        foreach (var (rune, position) in runes)
        {
            if (!(rune.IsAscii && ((char)rune.Value is ' ' or (>= '0' and <= '9') || Separators.Contains((char)rune.Value, StringComparison.Ordinal))))
            {
                return NumberErrors.Character(rune, position);
            }
        }

        return null;
    }

    /// <summary>The characters when all are read: one blank between two digits, however many there are, and none beside another mark.</summary>
    public IReadOnlyList<NumberMark> Joined()
    {
        var joined = new List<NumberMark>(runes.Count);
        for (var i = 0; i < runes.Count; i++)
        {
            var mark = At(i);
            if (mark.Character == ' ')
            {
                continue;
            }

            if (mark.IsDigit && i > 0 && Text[i - 1] == ' ' && joined.Count > 0 && joined[^1].IsDigit)
            {
                joined.Add(At(i - 1));
            }

            joined.Add(mark);
        }

        return joined;
    }

    // They come with numbers that are copied from contact lists and web pages: marks of direction, zero-width spaces and joiners, the soft hyphen, the byte order mark.
    private static bool ComesWithCopying(Rune rune) => rune.Value
        is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0x200B and <= 0x200F) or 0x061C or 0x2060 or 0x00AD or 0xFEFF or 0xFE0E or 0xFE0F;

    private static bool IsBlank(Rune rune) => rune.Value is ' ' or 0x00A0 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F or 0x3000;

    private static bool IsHyphen(Rune rune) => rune.Value is '-' or (>= 0x2010 and <= 0x2015) or 0x2212;

    private static bool Surrounds(Rune rune) => rune.Value is ' ' or '\t' or '\r' or '\n';
}
