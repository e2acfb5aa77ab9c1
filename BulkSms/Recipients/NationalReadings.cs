using PhoneNumbers;

namespace BulkSms.Recipients;

/// <summary>
/// Digits without a plus sign, in a region. They are a number of the region, or one with a country code whose plus sign is lost: a spreadsheet drops it. Where
/// both are valid, neither is taken.
/// </summary>
internal static class NationalReadings
{
    private const string International = "00";
    private const string NorthAmerican = "011";
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>Reads them.</summary>
    /// <param name="digits">The digits.</param>
    /// <param name="rules">The region, and whether the number must be valid.</param>
    /// <param name="number">The number, canonical.</param>
    /// <returns>Why there is none, or more than one; null: there is one.</returns>
    public static string? Read(string digits, NumberRules rules, out string number)
    {
        number = "";
        var region = rules.DefaultRegion!;
        var code = Library.GetCountryCodeForRegion(region);
        var (own, isPrefixed) = InRegion(digits, region, code);
        NumberReading[] readings = [own, .. isPrefixed || !StartsWith(digits, code) ? [] : new[] { NumberReading.International(digits) }, .. FromAbroad(digits)];
        NumberReading[] possible = [.. readings.Where(reading => reading.IsPossible).Distinct()];
        NumberReading[] valid = [.. possible.Where(reading => reading.IsValid)];
        if (valid.Length > 1 || (valid.Length == 0 && possible.Length > 1))
        {
            return NumberErrors.Ambiguous((valid.Length > 1 ? valid : possible).Select(reading => reading.Number));
        }

        if (FromNorthAmerica(digits, own) is { } dialled)
        {
            return NumberErrors.AsInNorthAmerica(dialled);
        }

        if (possible.Length == 0)
        {
            return NumberErrors.WithHint(own.Error!, isPrefixed ? null : ForeignOf(digits, code));
        }

        var read = valid.Length == 1 ? valid[0] : possible[0];
        if (!isPrefixed && read == own && ForeignMobileOf(digits, code, own) is { } foreign)
        {
            return NumberErrors.Perhaps(foreign, own.Number, region, Library.GetNddPrefixForRegion(region, true) ?? "");
        }

        number = read.Number;
        return rules.Strict && valid.Length == 0 ? NumberErrors.WithHint(NumberErrors.NotValid, isPrefixed ? null : ForeignOf(digits, code)) : null;
    }

    // "00" stands for the plus sign in most of the world. Where a region dials another prefix, or one with a carrier (0055 in Brazil), a number that came from elsewhere reads in both ways.
    private static NumberReading[] FromAbroad(string digits) =>
        digits.StartsWith(International, StringComparison.Ordinal) ? [NumberReading.International(digits[International.Length..])] : [];

    // In North America "011" does. Elsewhere it may as well be a slip in an area code (0115 is Nottingham), so it is asked about, unless it makes a number of the region.
    private static string? FromNorthAmerica(string digits, NumberReading own) =>
        digits.StartsWith(NorthAmerican, StringComparison.Ordinal) && !own.IsValid && NumberReading.International(digits[NorthAmerican.Length..]) is { IsValid: true } abroad && abroad != own ? abroad.Number : null;

    // A trunk prefix or an international one says that no country code is missing, or that it is there.
    private static (NumberReading Own, bool IsPrefixed) InRegion(string digits, string region, int code)
    {
        try
        {
            var parsed = Library.ParseAndKeepRawInput(digits, region);
            if (parsed.CountryCodeSource is PhoneNumbers.PhoneNumber.Types.CountryCodeSource.FROM_NUMBER_WITH_IDD)
            {
                return (NumberReading.Of(parsed, isInternational: true), true);
            }

            var own = parsed.CountryCodeSource is PhoneNumbers.PhoneNumber.Types.CountryCodeSource.FROM_DEFAULT_COUNTRY
                ? NumberReading.Of(parsed, isInternational: false)
                : NumberReading.International(FormattableString.Invariant($"{code}{digits}")); // libphonenumber took the country code off: this reads it as an area code
            return (own, own.IsPossible && IsTrunkPrefixed(digits, own.NationalDigits(code), region));
        }
        catch (NumberParseException e)
        {
            return (new("", NumberReading.ErrorOf(e)), false);
        }
    }

    private static bool IsTrunkPrefixed(string digits, string national, string region) =>
        Library.GetNddPrefixForRegion(region, true) is { Length: > 0 } trunk && digits.StartsWith(trunk, StringComparison.Ordinal) && national != digits;

    private static string? ForeignMobileOf(string digits, int code, NumberReading own) =>
        !own.MayBeMobile && !StartsWith(digits, code) && NumberReading.International(digits) is { MayBeMobile: true } foreign ? foreign.Number : null;

    // What may have been meant by a number that the region has not.
    private static string? ForeignOf(string digits, int code) =>
        !StartsWith(digits, code) && NumberReading.International(digits) is { IsValid: true } foreign ? foreign.Number : null;

    private static bool StartsWith(string digits, int code) => digits.StartsWith(FormattableString.Invariant($"{code}"), StringComparison.Ordinal);
}
