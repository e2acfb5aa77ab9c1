using System.Globalization;
using System.Text;

namespace BulkSms.Lists;

/// <summary>What came from outside, as an answer shows it: neither at any length nor with characters that are not seen, or that could forge another line.</summary>
public static class Printable
{
    private const int MaxShown = 64;

    /// <summary>A text to be shown.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= MaxShown)
            {
                return shown.Append('…').ToString();
            }

            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            {
                shown.Append(rune);
            }
        }

        return shown.ToString();
    }

    /// <summary>Names in the order given, the first of them.</summary>
    /// <param name="names">The names.</param>
    /// <param name="most">How many.</param>
    public static string List(IEnumerable<string> names, int most = 20)
    {
        var all = names.Select(Of).ToArray();
        return string.Join(", ", all.Take(most)) + (all.Length > most ? string.Create(CultureInfo.InvariantCulture, $" and {all.Length - most} more") : "");
    }
}
