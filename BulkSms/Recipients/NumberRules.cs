using System.Globalization;
using PhoneNumbers;

namespace BulkSms.Recipients;

/// <summary>How a request's numbers are read.</summary>
/// <param name="DefaultRegion">
/// The country of numbers without a country code, ISO 3166-1 alpha-2 in capitals (<c>US</c>); see <see cref="RegionOf"/>. Null: only numbers with a plus sign are read.
/// </param>
/// <param name="Strict">
/// A number must be valid, that is of a range that its country has given out, not merely as long as its numbers are; and of a type that can get texts: see <c>TextlessTypes</c>.
/// </param>
public sealed record NumberRules(string? DefaultRegion = null, bool Strict = false)
{
    /// <summary>With <see cref="Strict"/>: a number may be of a type that gets no texts.</summary>
    public bool AnyType { get; init; }

    /// <summary>The error of a region that <see cref="RegionOf"/> does not know.</summary>
    public const string NoSuchRegion = "must be a country in ISO 3166-1 alpha-2, such as US or GB";

    /// <summary>Numbers with a plus sign, possible ones.</summary>
    public static NumberRules E164 { get; } = new();

    /// <summary>Whether numbers can be written as in this country: capitals, and known to libphonenumber.</summary>
    public static bool IsRegion(string text) => PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(text);

    /// <summary>The main region of a calling code, such as <c>+43</c>, <c>0043</c> or <c>43</c>; null: it is none.</summary>
    public static string? RegionOfCallingCode(string text)
    {
        var digits = text.Trim().TrimStart('+').TrimStart('0');
        return digits.Length is > 0 and <= 3 && digits.All(char.IsAsciiDigit) && PhoneNumberUtil.GetInstance().GetRegionCodeForCountryCode(int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)) is var region && IsRegion(region) ? region : null;
    }

    /// <summary>The region that a caller names, in capitals or not (UK is GB); null: there is none.</summary>
    public static string? RegionOf(string text) => text.Trim().ToUpperInvariant() switch
    {
        "UK" => "GB",
        var region when IsRegion(region) => region,
        _ => null,
    };
}
