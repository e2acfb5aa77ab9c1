using System.Globalization;
using System.Text;
using BulkSms.Common;

namespace BulkSms.OptOuts.Wording;

/// <summary>
/// A text from a phone as it is read: characters that nobody sees left out, letters decomposed (full width, styled, accented: <see cref="Decomposition"/>), one kind of
/// apostrophe and of line end. Case and marks stay: signatures are told by them.
/// </summary>
internal static class CleanText
{
    /// <summary>Characters that are read: more than the longest SMS has.</summary>
    private const int MaxLength = 2000;

    public static string Of(string body)
    {
        // What nobody sees goes first: decomposition sorts the marks that stand on one letter, and would not see that they do.
        var text = Decomposition.Of(WithOneApostrophe(WithoutInvisible(body.Length > MaxLength ? body[..MaxLength] : body)));
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            clean.Append(Rune.IsControl(rune) ? new Rune(rune.Value == '\n' ? '\n' : ' ') : rune);
        }

        return clean.ToString();
    }

    private static string WithoutInvisible(string text) =>
        Ascii.IsValid(text) ? text : string.Concat(text.EnumerateRunes().Where(rune => !IsInvisible(rune)).Select(rune => rune.ToString()));

    // Before decomposition, which makes a blank and a mark of the acute accent that some type for an apostrophe.
    private static string WithOneApostrophe(string text) => string.Create(text.Length, text, static (chars, source) =>
    {
        for (var i = 0; i < chars.Length; i++)
        {
            chars[i] = source[i] is '\u2018' or '\u2019' or '\u201B' or '\u2032' or '\u00B4' or '`' or '\u02BC' or '\u02B9' or '\uFF07' ? '\'' : source[i];
        }
    });

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
