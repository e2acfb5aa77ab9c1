using PhoneNumbers;
using Parsed = PhoneNumbers.PhoneNumber;

namespace BulkSms.Recipients;

/// <summary>One way to read digits.</summary>
/// <param name="Number">The number in E.164, canonical; of an impossible one as far as it could be read.</param>
/// <param name="Error">Why no phone can have it; null: one can.</param>
internal readonly record struct NumberReading(string Number, string? Error)
{
    private const string NoRegion = "ZZ";
    private const int MaxReadings = 4;

    /// <summary>Longer than any number with a trunk prefix within.</summary>
    private const int MaxDigits = 17;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    public bool IsPossible => Error is null;

    /// <summary>Whether its country has given out such numbers.</summary>
    public bool IsValid => IsPossible && Library.IsValidNumber(Library.Parse(Number, NoRegion));

    /// <summary>Whether it may be a mobile: in some countries no number tells.</summary>
    public bool MayBeMobile => IsPossible && Library.GetNumberType(Library.Parse(Number, NoRegion)) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE;

    /// <summary>The digits after a country's calling code that the number has there.</summary>
    public string NationalDigits(int countryCode) => Number[(FormattableString.Invariant($"+{countryCode}").Length)..];

    /// <summary>Reads digits that begin with a country code.</summary>
    public static NumberReading International(string digits)
    {
        if (digits.Length > MaxDigits)
        {
            return new("", NumberErrors.TooLong);
        }

        // Each reading drops one trunk prefix ("+44 0 0…"); a spelling that reads as itself is the canonical one.
        var text = "+" + digits;
        for (var i = 0; i < MaxReadings; i++)
        {
            var read = ReadOnce(text);
            if (!read.IsPossible || read.Number == text)
            {
                return read;
            }

            text = read.Number;
        }

        return new("", NumberErrors.Impossible);
    }

    /// <summary>What libphonenumber made of a number as it is written in a region.</summary>
    /// <param name="parsed">It.</param>
    /// <param name="isInternational">Whether a country code was written.</param>
    public static NumberReading Of(Parsed parsed, bool isInternational)
    {
        var number = Library.Format(parsed, PhoneNumberFormat.E164);
        return ErrorOf(Library.IsPossibleNumberWithReason(parsed)) is not { } error ? International(number[1..])
            : FormerNumbers.TodaysForm(parsed.CountryCode, Library.GetNationalSignificantNumber(parsed), isInternational) is { } today ? International(today[1..])
            : new(number, error);
    }

    public static string ErrorOf(NumberParseException e) => e.ErrorType switch
    {
        ErrorType.INVALID_COUNTRY_CODE => NumberErrors.UnknownCountry,
        ErrorType.TOO_LONG => NumberErrors.TooLong,
        _ => NumberErrors.TooShort,
    };

    private static NumberReading ReadOnce(string text)
    {
        try
        {
            var parsed = Library.Parse(text, NoRegion);
            var number = Library.Format(parsed, PhoneNumberFormat.E164);
            return ErrorOf(Library.IsPossibleNumberWithReason(parsed)) is not { } error ? new(number, null)
                : FormerNumbers.TodaysForm(parsed.CountryCode, Library.GetNationalSignificantNumber(parsed), isInternational: true) is { } today ? new(today, null)
                : new(number, error);
        }
        catch (NumberParseException e)
        {
            return new("", ErrorOf(e));
        }
    }

    private static string? ErrorOf(PhoneNumberUtil.ValidationResult result) => result switch
    {
        PhoneNumberUtil.ValidationResult.IS_POSSIBLE => null,
        PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY => NumberErrors.NoAreaCode,
        PhoneNumberUtil.ValidationResult.TOO_SHORT => NumberErrors.TooShort,
        PhoneNumberUtil.ValidationResult.TOO_LONG => NumberErrors.TooLong,
        PhoneNumberUtil.ValidationResult.INVALID_COUNTRY_CODE => NumberErrors.UnknownCountry,
        _ => NumberErrors.Impossible,
    };
}
