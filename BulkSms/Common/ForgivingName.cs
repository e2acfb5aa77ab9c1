using System.Globalization;
using System.Text;

namespace BulkSms.Common;

/// <summary>
/// Names that people write by hand: those of columns, placeholders and members. <c>First Name</c>, <c>first_name</c> and <c>first-name</c> are one name. Case,
/// blanks, <c>_</c>, <c>-</c>, <c>.</c> and characters that are not seen do not count.
/// </summary>
public static class ForgivingName
{
    /// <summary>What two spellings of one name have in common. A name of nothing but what does not count is its own.</summary>
    public static string KeyOf(string name)
    {
        // What is not seen goes first: decomposition sorts the marks that stand on one letter, and would not see that they do.
        var seen = string.Concat(name.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format).Select(rune => rune.ToString()));
        var key = new StringBuilder(name.Length);
        foreach (var rune in Decomposition.Of(seen).EnumerateRunes())
        {
            if (!(rune.Value is '_' or '-' or '.' || IsUnseen(rune)))
            {
                key.Append(Rune.ToUpperInvariant(rune));
            }
        }

        return key.Length == 0 ? name.Trim() : key.ToString();
    }

    /// <summary>The letters and digits of a name alone, without the marks upon them: <c>Móvil:</c> is <c>MOVIL</c>.</summary>
    public static string LettersOf(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var rune in Decomposition.Of(name).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                letters.Append(Rune.ToUpperInvariant(rune));
            }
        }

        return letters.ToString();
    }

    /// <summary>Whether a text shows nothing: blanks of any kind, controls, and marks that only steer how others are shown.</summary>
    public static bool IsBlank(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsUnseen(rune))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A text without what is not seen at its ends.</summary>
    public static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsUnseen(text[start]))
        {
            start++;
        }

        while (end > start && IsUnseen(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsUnseen(char character) => !char.IsSurrogate(character) && IsUnseen(new Rune(character));

    private static bool IsUnseen(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control;
}
