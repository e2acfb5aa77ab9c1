using System.Globalization;
using System.Text.RegularExpressions;

namespace BulkSms.Recipients;

/// <summary>What stands in a column of numbers by mistake and would read as one: dates, amounts, a spreadsheet's notations, extensions.</summary>
internal static partial class NotNumbers
{
    /// <summary>What a text is instead of a number, in words; null: it may be one.</summary>
    public static string? ErrorOf(NumberMarks marks)
    {
        var text = marks.Text;
        return Scientific().IsMatch(text) ? NumberErrors.Scientific
            : IsDate(text) ? NumberErrors.Date
            : CommaDecimal().IsMatch(text) ? NumberErrors.Decimal(marks.At(text.IndexOf(',', StringComparison.Ordinal)))
            : Extension().IsMatch(text) ? NumberErrors.Extension
            : Rounded().IsMatch(text) ? NumberErrors.Rounded
            : null;
    }

    private static bool IsDate(string text)
    {
        if (DayFirst().Match(text) is { Success: true } dayFirst)
        {
            return IsDayAndMonth(Number(dayFirst, "a"), Number(dayFirst, "b")) && IsYear(dayFirst.Groups["y"].Value);
        }

        if (YearFirst().Match(text) is { Success: true } yearFirst)
        {
            return IsDayAndMonth(Number(yearFirst, "a"), Number(yearFirst, "b")) && IsYear(yearFirst.Groups["y"].Value);
        }

        return MonthAndYear().Match(text) is { Success: true } month && Number(month, "a") is >= 1 and <= 12 && IsYear(month.Groups["y"].Value);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    // Either order: where the month comes first is nothing that a text tells.
    private static bool IsDayAndMonth(int one, int other) => one >= 1 && other >= 1 && Math.Max(one, other) <= 31 && Math.Min(one, other) <= 12;

    private static bool IsYear(string year) => year.Length == 2 || int.Parse(year, CultureInfo.InvariantCulture) is >= 1900 and <= 2099;

    private const RegexOptions Plainly = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const string Time = @"([ T]+[0-9]{1,2}:[0-9]{2}.*)?\z";

    [GeneratedRegex(@"^[+\-]?[0-9]+([.,][0-9]*)?\s?[eE][+\-]?[0-9]{1,3}\z", Plainly, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"^[+\-]?[0-9]+ ?, ?[0-9]+\z", Plainly, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommaDecimal();

    // 4.91512E+11 that was made a number again: six digits are left, and zeros. Shorter ones a spreadsheet shows whole.
    [GeneratedRegex(@"^(?=[0-9]{12,15}\z)[1-9][0-9]{0,5}0+\z", Plainly, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rounded();

    // 26.11.2026, 26/11/26, 26-11-2026. Two digits of the year after hyphens are too short to tell from a number.
    [GeneratedRegex(@"^(?<a>[0-9]{1,2})( ?(?<s>[./]) ?(?<b>[0-9]{1,2}) ?\k<s> ?(?<y>[0-9]{2}|[0-9]{4})| ?- ?(?<b>[0-9]{1,2}) ?- ?(?<y>[0-9]{4}))" + Time, Plainly, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^(?<y>[0-9]{4}) ?(?<s>[./\-]) ?(?<a>[0-9]{1,2}) ?\k<s> ?(?<b>[0-9]{1,2})" + Time, Plainly, matchTimeoutMilliseconds: 1000)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<a>[0-9]{1,2})/(?<y>[0-9]{4})\z", Plainly, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MonthAndYear();

    [GeneratedRegex(
        @"[0-9)][ .,;\-/]*(;ext=|x|ext|extn|extension|dw|durchwahl|nebenstelle|ramal|anexo|interno|int|poste|wew|доб|вн|#|~)[ .:=]*[0-9]{1,9}#?\z",
        Plainly | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Extension();
}
