using System.Globalization;
using System.Text;

namespace BulkSms.Segments;

/// <summary>The characters outside GSM-7: one of them makes the whole message UCS-2, at less than half as many characters a segment.</summary>
public static class Ucs2Characters
{
    /// <summary>Finds them in texts, each once, in order, at most so many; as code points (<c>U+2019</c>).</summary>
    public static IReadOnlyList<string> In(IEnumerable<string> texts, int most) =>
    [
        .. texts.SelectMany(text => text.EnumerateRunes())
            .Where(rune => !rune.IsBmp || Gsm7.Septets((char)rune.Value) == 0)
            .Distinct()
            .Take(most)
            .Select(rune => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}")),
    ];
}
