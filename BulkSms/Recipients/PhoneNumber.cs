using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using BulkSms.Common;
using PhoneNumbers;

namespace BulkSms.Recipients;

/// <summary>A telephone number in E.164, canonical: equal numbers are equal strings.</summary>
/// <param name="Value">Plus sign, country code, national number: <c>+15551234567</c>.</param>
public readonly partial record struct PhoneNumber(string Value)
{
    private const string NoRegion = "ZZ";
    private const int MaxReadings = 4;
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>
    /// Reads E.164 only (<c>^\+[1-9]\d{1,14}$</c>) and asks libphonenumber whether such a number is possible there. Nothing is guessed.
    /// A national prefix inside an international number (+44 (0)7…) is dropped, so that one phone has one spelling.
    /// </summary>
    /// <param name="text">What the caller wrote.</param>
    /// <param name="number">The canonical number.</param>
    /// <param name="fault">When false: why not, in words for the caller; never the number itself.</param>
    public static bool TryParse(string text, out PhoneNumber number, [NotNullWhen(false)] out string? fault)
    {
        number = default;
        if (!E164().IsMatch(text))
        {
            fault = "must be a phone number in E.164 form: + and 2 to 15 digits, such as +15551234567";
            return false;
        }

        // Each reading drops one national prefix ("+44 0 0…"); a spelling that reads as itself is the canonical one.
        for (var i = 0; i < MaxReadings; i++)
        {
            if (!TryRead(text, out var canonical, out fault))
            {
                return false;
            }

            if (canonical == text)
            {
                number = new(canonical);
                return true;
            }

            text = canonical;
        }

        fault = "is not a phone number";
        return false;
    }

    /// <summary>Reads a number by a request's rules: without a default region only E.164, with one also as people write numbers there.</summary>
    /// <inheritdoc cref="TryParse(string, out PhoneNumber, out string?)"/>
    public static bool TryParse(string text, NumberRules rules, out PhoneNumber number, [NotNullWhen(false)] out string? fault)
    {
        if (rules.DefaultRegion is not { } region || E164().IsMatch(text)
            ? !TryParse(text, out number, out fault)
            : !TryParseAsWritten(text, region, out number, out fault))
        {
            return false;
        }

        if (rules.Strict && !Library.IsValidNumber(Library.Parse(number.Value, NoRegion)))
        {
            fault = "is not a valid number: its country has not given out such numbers";
            return false;
        }

        return true;
    }

    // What libphonenumber would skip or translate (letters, an extension, a second number) is refused: a guess may reach a stranger.
    private static bool TryParseAsWritten(string text, string region, out PhoneNumber number, [NotNullWhen(false)] out string? fault)
    {
        number = default;
        if (!AsWritten().IsMatch(text))
        {
            fault = "must be a phone number: digits, spaces and ( ) - . / with + before a country code";
            return false;
        }

        try
        {
            var parsed = Library.Parse(text, region);
            fault = Library.IsPossibleNumberWithReason(parsed) switch
            {
                PhoneNumberUtil.ValidationResult.IS_POSSIBLE => null,
                PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY => "has no area code",
                var impossible => Describe(impossible),
            };
            return fault is null && TryParse(Library.Format(parsed, PhoneNumberFormat.E164), out number, out fault);
        }
        catch (NumberParseException e)
        {
            fault = Describe(e);
            return false;
        }
    }

    private static bool TryRead(string text, out string canonical, [NotNullWhen(false)] out string? fault)
    {
        canonical = "";
        try
        {
            var parsed = Library.Parse(text, NoRegion);
            var possible = Library.IsPossibleNumberWithReason(parsed);
            fault = possible is PhoneNumberUtil.ValidationResult.IS_POSSIBLE ? null : Describe(possible);
            canonical = Library.Format(parsed, PhoneNumberFormat.E164);
            return fault is null;
        }
        catch (NumberParseException e)
        {
            fault = Describe(e);
            return false;
        }
    }

    /// <summary>
    /// The country of an E.164 number as Twilio's permissions know it: ISO 3166-1 alpha-2 where the number tells (+1 is many), else its calling code
    /// (<c>+1</c>).
    /// </summary>
    public static string CountryOf(string number)
    {
        try
        {
            var parsed = Library.Parse(number, NoRegion);
            return Library.GetRegionCodeForNumber(parsed) is { } region and not NoRegion
                ? region
                : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"+{parsed.CountryCode}");
        }
        catch (NumberParseException)
        {
            return NoRegion;
        }
    }

    /// <summary>The number with its middle hidden, so that it can be printed anywhere.</summary>
    public override string ToString() => Common.Redaction.Phone(Value);

    private static string Describe(NumberParseException e) =>
        e.ErrorType == ErrorType.INVALID_COUNTRY_CODE ? "has a country code that does not exist" : "is not a phone number";

    private static string Describe(PhoneNumberUtil.ValidationResult result) => result switch
    {
        PhoneNumberUtil.ValidationResult.TOO_SHORT => "is too short for its country",
        PhoneNumberUtil.ValidationResult.TOO_LONG => "is too long for its country",
        PhoneNumberUtil.ValidationResult.INVALID_COUNTRY_CODE => "has a country code that does not exist",
        _ => "is not a possible number in its country",
    };

    // \z, not $: $ also matches before a final newline. [0-9], not \d: \d takes the digits of every script.
    [GeneratedRegex(@"^\+[1-9][0-9]{1,14}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex E164();

    // Two dozen digits and as many marks: a longer text is no number. The spaces and dashes are those that word processors put in.
    [GeneratedRegex(@"^[ (]*\+?[0-9 ().\-/\u00a0\u2010-\u2015\u202f]{2,50}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AsWritten();
}
