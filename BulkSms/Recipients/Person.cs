namespace BulkSms.Recipients;

/// <summary>A person as storage knows them: by the numbers of their phone.</summary>
/// <param name="Phone">E.164, as it was asked for.</param>
public sealed record Person(string Phone)
{
    /// <summary>Digits of a number that is looked for among what could not be read: fewer are everywhere.</summary>
    private const int LeastDigits = 7;

    private const int LongestCountryCode = 3;

    /// <summary>Every number of the phone, the one that stands for it first: see <see cref="NumberVariants"/>.</summary>
    public IReadOnlyList<string> Numbers { get; } = NumberVariants.Of(Phone);

    /// <summary>Whether a number is one of the phone's.</summary>
    public bool Has(string? number) => number is not null && Numbers.Contains(number, StringComparer.Ordinal);

    /// <summary>
    /// Whether a text that was written for a number, and could not be read as one, may mean this phone: it holds one of its numbers, or its digits are those of one without the country
    /// code, whatever stands between and before them.
    /// </summary>
    public bool MayBeMeantBy(string? written)
    {
        if (string.IsNullOrEmpty(written))
        {
            return false;
        }

        var digits = string.Concat(written.Where(char.IsAsciiDigit));
        var significant = digits.TrimStart('0');
        return Numbers.Any(number => digits.Contains(number[1..], StringComparison.Ordinal)
            || (significant.Length >= LeastDigits && significant.Length >= number.Length - 1 - LongestCountryCode && number.EndsWith(significant, StringComparison.Ordinal)));
    }

    public override string ToString() => Common.Redaction.Phone(Phone);
}
