using System.Text.RegularExpressions;

namespace BulkSms.Messages;

/// <summary>Formulas of a spreadsheet that stand in a value in place of their result: a sheet that shows its formulas was exported, or they were typed into cells of text.</summary>
internal static partial class SheetFormulas
{
    /// <summary>Whether a value is one: an equals sign, and a cell, a function or a column of a table.</summary>
    public static bool Is(string value) => value.StartsWith('=') && Formula().IsMatch(value);

    [GeneratedRegex(
        @"^=[-+(\x20]*('[^']{1,60}'!|[\p{L}_][\p{L}\p{Nd}_.]{0,60}!)?(\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![\p{L}\p{Nd}])|[\p{L}_][\p{L}\p{Nd}_.]{0,60}(\(|\[)|\[)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Formula();
}
