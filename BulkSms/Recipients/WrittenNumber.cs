using System.Diagnostics.CodeAnalysis;

namespace BulkSms.Recipients;

/// <summary>The digits of a number as it was written, and whether they begin with a country code.</summary>
/// <param name="IsInternational">Whether it was written with a plus sign.</param>
/// <param name="Digits">All of them, a trunk prefix within (+44 (0)7…) too.</param>
/// <remarks>
/// These notations are read, and no others: digits 0 to 9; a plus sign before all; blanks of any width; single hyphens and dashes between digits; one pair of
/// brackets; a single dot before four or more digits that are not all zero; several dots between groups of two or more digits; one slash after an area code;
/// <c>tel:</c> (RFC 3966) without parameters. Marks that are not seen and that come with copying, and what surrounds the text, are dropped.
/// </remarks>
internal readonly record struct WrittenNumber(bool IsInternational, string Digits)
{
    private const string BracketedZero = "(0)";

    /// <summary>Two dozen digits, as many marks and what comes with copying: a longer text is no number.</summary>
    private const int MaxLength = 64;

    private const string Tel = "tel:";

    /// <summary>The digits without a zero in brackets (+39 (0)6…), which is dialled at home alone, or in some countries by all; null: there is none.</summary>
    public string? WithoutZero { get; private init; }

    /// <summary>Reads a text by the notations above.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="number">The digits.</param>
    /// <param name="error">When false: what is not read and where it stands, or what the text is instead of a number.</param>
    public static bool TryRead(string text, out WrittenNumber number, [NotNullWhen(false)] out string? error)
    {
        number = default;
        if (text.Length > MaxLength)
        {
            error = NumberErrors.TooManyCharacters(MaxLength);
            return false;
        }

        var marks = NumberMarks.Clean(text);
        var scheme = marks.Text.StartsWith(Tel, StringComparison.OrdinalIgnoreCase) ? Tel.Length : 0;
        marks = marks.From(scheme);
        error = marks.Text.Length == 0 ? NumberErrors.NoNumber : NotNumbers.ErrorOf(marks) ?? marks.Unread() ?? NotationRules.ErrorOf(marks.Joined());
        if (error is null)
        {
            var digits = DigitsOf(marks.Text);
            number = new(marks.Text.Contains('+', StringComparison.Ordinal), digits)
            {
                WithoutZero = marks.Text.Contains(BracketedZero, StringComparison.Ordinal) ? DigitsOf(marks.Text.Replace(BracketedZero, "", StringComparison.Ordinal)) : null,
            };
            error = digits.Length < 2 ? NumberErrors.NoNumber : null;
        }

        return error is null;
    }

    private static string DigitsOf(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
