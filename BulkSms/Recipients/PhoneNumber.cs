using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using BulkSms.Common;
using PhoneNumbers;

namespace BulkSms.Recipients;

/// <summary>A telephone number in E.164, canonical: equal numbers are equal strings.</summary>
/// <param name="Value">Plus sign, country code, national number: <c>+15551234567</c>.</param>
public readonly partial record struct PhoneNumber(string Value)
{
    private const string NoRegion = "ZZ";
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>Reads a number with a plus sign, however its digits are parted.</summary>
    /// <inheritdoc cref="TryParse(string, NumberRules, out PhoneNumber, out string?)"/>
    public static bool TryParse(string text, out PhoneNumber number, [NotNullWhen(false)] out string? error) => TryParse(text, NumberRules.E164, out number, out error);

    /// <summary>
    /// Reads a number by a request's rules. Nothing is guessed: a text in a notation that is not read (see <c>WrittenNumber</c>), or that could be two numbers, is none. A
    /// trunk prefix inside an international number (+44 (0)7…) is dropped, and a form that its country has given up becomes today's, so that one phone has one spelling.
    /// </summary>
    /// <param name="text">What the caller wrote.</param>
    /// <param name="rules">Where numbers without a plus sign are, and whether they must be valid and able to get texts.</param>
    /// <param name="number">The canonical number.</param>
    /// <param name="error">When false: why not, in words for the caller. They may show the number: nothing else may.</param>
    public static bool TryParse(string text, NumberRules rules, out PhoneNumber number, [NotNullWhen(false)] out string? error)
    {
        number = default;
        WrittenNumber written;
        if (E164().IsMatch(text))
        {
            written = new(IsInternational: true, text[1..]);
        }
        else if (!WrittenNumber.TryRead(text, out written, out error))
        {
            return false;
        }

        error = written.IsInternational ? ReadInternational(written, rules.Strict, out var read)
            : rules.DefaultRegion is null ? NoRegionFor(written.Digits, out read)
            : NationalReadings.Read(written.Digits, rules, out read);
        error ??= rules is { Strict: true, AnyType: false } ? TextlessTypes.ErrorOf(read) : null;
        number = error is null ? new(read) : default;
        return error is null;
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
                : string.Create(CultureInfo.InvariantCulture, $"+{parsed.CountryCode}");
        }
        catch (NumberParseException)
        {
            return NoRegion;
        }
    }

    /// <summary>The number with its middle hidden, so that it can be printed anywhere.</summary>
    public override string ToString() => Common.Redaction.Phone(Value);

    private static string? ReadInternational(WrittenNumber written, bool strict, out string number)
    {
        var reading = NumberReading.International(written.Digits);
        number = reading.Number;

        // Most countries drop a zero in brackets; Italy's landlines keep it, its mobiles have none, and some countries never had one.
        if (written.WithoutZero is { } digits && NumberReading.International(digits) is { IsPossible: true } other && other.Number != number)
        {
            if (reading.IsPossible && reading.IsValid == other.IsValid)
            {
                return NumberErrors.Ambiguous([number, other.Number]);
            }

            reading = reading.IsValid ? reading : other;
            number = reading.Number;
        }

        return reading.Error ?? (strict && !reading.IsValid ? NumberErrors.NotValid : null);
    }

    private static string NoRegionFor(string digits, out string number)
    {
        number = "";
        return NumberErrors.WithHint(NumberErrors.NoRegion, NumberReading.International(digits) is { IsValid: true } lost ? lost.Number : null);
    }

    // The usual case at its fastest. \z, not $: $ also matches before a final newline. [0-9], not \d: \d takes the digits of every script.
    [GeneratedRegex(@"^\+[1-9][0-9]{1,14}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex E164();
}
