using PhoneNumbers;

namespace BulkSms.Recipients;

/// <summary>How a request's numbers are read.</summary>
/// <param name="DefaultRegion">
/// The country of numbers without a country code, ISO 3166-1 alpha-2 (<c>US</c>); then they may be written as people write them. Null: E.164 only.
/// </param>
/// <param name="Strict">A number must be valid, that is of a range that its country has given out, not merely as long as its numbers are.</param>
public sealed record NumberRules(string? DefaultRegion = null, bool Strict = false)
{
    /// <summary>E.164, possible numbers.</summary>
    public static NumberRules E164 { get; } = new();

    /// <summary>Whether numbers can be written as in this country: capitals, and known to libphonenumber.</summary>
    public static bool IsRegion(string text) => PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(text);
}
