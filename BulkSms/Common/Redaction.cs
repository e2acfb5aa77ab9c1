using System.Text.RegularExpressions;

namespace BulkSms.Common;

/// <summary>What a log line, a metric or an exception may show of what must not be shown.</summary>
public static partial class Redaction
{
    /// <summary><c>+15551234567</c> → <c>+1555•••4567</c>; anything shorter shows nothing but its length.</summary>
    public static string Phone(string? number) => number switch
    {
        null or "" => "(none)",
        { Length: >= 11 } => $"{number[..Math.Min(5, number.Length - 7)]}•••{number[^4..]}", // three digits hidden at least
        _ => $"•••({number.Length})",
    };

    /// <summary>A text that a person wrote, with each phone number in it as <see cref="Phone"/> shows it. Dates and short numbers stay.</summary>
    public static string PhonesIn(string text) => PhoneInText().Replace(text, match => Phone(string.Concat(match.Value.Where(each => each == '+' || char.IsAsciiDigit(each)))));

    // With a plus sign, however it is parted; without, nine digits in a row or the three groups of North America.
    [GeneratedRegex(@"\+[0-9]([ ().\-/]{0,2}[0-9]){6,14}|[0-9]{9,15}|\(?\b[0-9]{3}\)?[ .\-]{1,2}[0-9]{3}[ .\-][0-9]{4}\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PhoneInText();
}
