using System.Text.RegularExpressions;

namespace BulkSms.Messages;

/// <summary>What other tools write for a placeholder, such as <c>{name}</c> or <c>((name))</c>: a text that holds it was written for them, and would be sent as it is.</summary>
public static partial class OtherBraces
{
    /// <summary>The first one of a text; null: there is none.</summary>
    public static string? FindIn(string literal) => Pattern().Match(literal) is { Success: true } found ? found.Value : null;

    [GeneratedRegex(
        @"\{\x20{0,8}[$%#@!]?[\p{L}\p{Nd}_.-][\p{L}\p{Nd}_.%\x20-]{0,71}\}|\(\(\x20{0,8}[$%#@!]?[\p{L}\p{Nd}_.-][\p{L}\p{Nd}_.%\x20-]{0,71}\)\)|\[\[\x20{0,8}[$%#@!]?[\p{L}\p{Nd}_.-][\p{L}\p{Nd}_.%\x20-]{0,71}\]\]|<<\x20{0,8}[$%#@!]?[\p{L}\p{Nd}_.-][\p{L}\p{Nd}_.%\x20-]{0,71}>>",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
