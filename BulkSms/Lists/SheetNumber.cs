using System.Globalization;
using System.Text;

namespace BulkSms.Lists;

/// <summary>
/// A number of a sheet as the text that its digits show: no exponent, no <c>.0</c>; leading zeros, decimals, a percent sign and a plus sign as its format shows them.
/// </summary>
internal static class SheetNumber
{
    private const int MaxDecimals = 15;

    /// <summary>Whether a number is no whole one, as far as a spreadsheet keeps it: to 15 digits.</summary>
    public static bool HasFraction(double value) => double.IsFinite(value) && Math.Abs(value) < 1e15 && (decimal)value % 1 != 0;

    /// <summary>
    /// Whether a format shows digits that are not the number's: <c>"+44 "0</c> shows 7400123456 as +44 7400123456. What the sheet shows and what it holds are two numbers then.
    /// </summary>
    /// <param name="format">See <see cref="Of"/>.</param>
    public static bool AddsDigits(string? format) => !string.IsNullOrEmpty(format) && Shown.Of(format).AddsDigits;

    /// <summary>
    /// Whether a format shows something else than a number's digits: a date in letters that the library does not know (<c>ge.m.d</c>, <c>TT.MM.JJJJ</c>, or one of those that have an index and are
    /// written nowhere), a word (<c>"Yes";"No"</c>), nothing (<c>;;;</c>), or the number divided by thousands (<c>0,</c>).
    /// </summary>
    /// <param name="value">The number.</param>
    /// <param name="format">See <see cref="Of"/>.</param>
    /// <param name="index">The index of the format.</param>
    public static bool IsShownOtherwise(double value, string? format, int index)
    {
        if (string.IsNullOrEmpty(format) || format.Equals("General", StringComparison.OrdinalIgnoreCase))
        {
            return index is (>= 27 and <= 36) or (>= 50 and <= 58) or (>= 71 and <= 81); // dates of East Asia and Thailand
        }

        var sections = SectionsOf(format);
        var section = sections.Count > 1 && sections.Exists(each => each.Contains('<', StringComparison.Ordinal)) ? sections.Find(IsOther) ?? sections[0]
            : value < 0 && sections.Count > 1 ? sections[1]
            : value == 0 && sections.Count > 2 ? sections[2]
            : sections[0];
        return IsOther(section);
    }

    private static bool IsOther(string section) =>
        !section.Contains("General", StringComparison.OrdinalIgnoreCase) && section != "@"
        && (section.AsSpan().IndexOfAny('0', '#', '?') < 0 || section.AsSpan().TrimEnd().TrimEnd("%)<") is [.., ','] || section.AsSpan().IndexOf(",.", StringComparison.Ordinal) >= 0);

    // Without what they quote, colour, pad with and escape; a condition is a "<".
    private static List<string> SectionsOf(string format)
    {
        var (sections, section) = (new List<string>(), new StringBuilder());
        for (var i = 0; i < format.Length; i++)
        {
            switch (format[i])
            {
                case '"':
                    i = format.IndexOf('"', i + 1) is var close and >= 0 ? close : format.Length;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '[':
                    section.Append(i + 1 < format.Length && format[i + 1] is '<' or '>' or '=' ? "<" : "");
                    i = format.IndexOf(']', i) is var end and >= 0 ? end : format.Length;
                    break;
                case ';':
                    sections.Add(section.ToString());
                    section.Clear();
                    break;
                default:
                    section.Append(format[i]);
                    break;
            }
        }

        sections.Add(section.ToString());
        return sections;
    }

    /// <summary>The text.</summary>
    /// <param name="value">The number.</param>
    /// <param name="format">Its format, as the workbook writes it; null or <c>General</c>: none.</param>
    public static string Of(double value, string? format)
    {
        if (!double.IsFinite(value) || Math.Abs(value) >= 1e15)
        {
            return value.ToString("F0", CultureInfo.InvariantCulture);
        }

        var shown = Shown.Of(format);
        var number = (decimal)value * (shown.IsPercent ? 100 : 1);
        var text = Math.Abs(number).ToString(shown.Decimals is { } decimals ? $"F{decimals}" : "0." + new string('#', MaxDecimals), CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        text = text.PadLeft(shown.Digits + (point < 0 ? 0 : text.Length - point), '0');
        var sign = number < 0 && text.AsSpan().ContainsAnyExcept('0', '.') ? "-" : shown.HasPlus ? "+" : "";
        return sign + text + (shown.IsPercent ? "%" : "");
    }

    // What a format shows: only its first section is that of positive numbers.
    private readonly record struct Shown(int Digits, int? Decimals, bool IsPercent, bool HasPlus, bool AddsDigits = false)
    {
        public static Shown Of(string? format)
        {
            if (string.IsNullOrEmpty(format) || format.Contains("General", StringComparison.OrdinalIgnoreCase) || format == "@")
            {
                return default;
            }

            var section = Section(format, out var addsDigits);
            if (addsDigits)
            {
                return new(0, null, false, false, AddsDigits: true);
            }

            if (section.AsSpan().IndexOfAny("eE/?[") is >= 0)
            {
                return default; // an exponent, a fraction, a condition: the digits alone
            }

            var point = section.IndexOf('.', StringComparison.Ordinal);
            var whole = point < 0 ? section : section[..point];
            var decimals = point < 0 ? 0 : section[point..].Count(character => character is '0' or '#');
            var optional = point >= 0 && section[point..].Contains('#', StringComparison.Ordinal);
            return new(
                whole.Count(character => character == '0'),
                whole.AsSpan().IndexOfAny('0', '#') < 0 || optional ? null : Math.Min(decimals, MaxDecimals),
                section.Contains('%', StringComparison.Ordinal),
                section.StartsWith('+'));
        }

        // Without what it quotes, colours, pads with and escapes; a plus sign stays, however it is written.
        private static string Section(string format, out bool addsDigits)
        {
            addsDigits = false;
            var section = new StringBuilder(format.Length);
            for (var i = 0; i < format.Length && format[i] != ';'; i++)
            {
                switch (format[i])
                {
                    case '"':
                        var close = format.IndexOf('"', i + 1);
                        var quoted = close < 0 ? "" : format[(i + 1)..close];
                        section.Append(quoted.Trim() == "+" ? "+" : "");
                        addsDigits |= quoted.Any(char.IsAsciiDigit);
                        i = close < 0 ? format.Length : close;
                        break;
                    case '\\':
                        section.Append(i + 1 < format.Length && format[i + 1] == '+' ? "+" : "");
                        addsDigits |= i + 1 < format.Length && char.IsAsciiDigit(format[i + 1]);
                        i++;
                        break;
                    case '_' or '*':
                        i++;
                        break;
                    case '[' when format.AsSpan(i).StartsWith("[$") || (i + 1 < format.Length && char.IsLetter(format[i + 1])):
                        i = format.IndexOf(']', i) is var end and >= 0 ? end : format.Length;
                        break;
                    case '[': // a condition, such as [<=9999999]
                        section.Append('[');
                        i = format.IndexOf(']', i) is var last and >= 0 ? last : format.Length;
                        break;
                    case ' ' or '-' or '(' or ')' or ',':
                        break;
                    default:
                        section.Append(format[i]);
                        addsDigits |= format[i] is >= '1' and <= '9';
                        break;
                }
            }

            return section.ToString();
        }
    }
}
