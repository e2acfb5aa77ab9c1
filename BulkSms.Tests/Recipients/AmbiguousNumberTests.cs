using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PhoneNumbers;
using PhoneNumber = BulkSms.Recipients.PhoneNumber;

namespace BulkSms.Tests.Recipients;

/// <summary>Digits without a plus sign that can be two numbers reach neither; digits that can be one are never refused.</summary>
public sealed class AmbiguousNumberTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();
    private static readonly PhoneNumberType[] Types =
        [PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.VOIP, PhoneNumberType.UAN];

    public static TheoryData<string> Regions => [.. Library.GetSupportedRegions().Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("491701234567", "DE", "could be +49491701234567 or +491701234567: write the one that is meant, with its +")]
    [InlineData("4917012345678", "DE", "could be +494917012345678 or +4917012345678: write the one that is meant, with its +")]
    [InlineData("49 170 1234567", "DE", "could be +49491701234567 or +491701234567: write the one that is meant, with its +")]
    [InlineData("33612345678", "DE", "perhaps +33612345678, whose + is lost: in DE it is +4933612345678, which is no mobile. Write the one that is meant with its +, or with 0 before the area code")]
    [InlineData("436641234567", "DE", "perhaps +436641234567, whose + is lost: in DE it is +49436641234567, which is no mobile. Write the one that is meant with its +, or with 0 before the area code")]
    [InlineData("447400123456", "DE", "perhaps +447400123456, whose + is lost: in DE it is +49447400123456, which is no mobile. Write the one that is meant with its +, or with 0 before the area code")]
    public void TryParse_TwoReadings_IsRefusedWithBoth(string text, string region, string expected)
    {
        Assert.All([false, true], strict =>
        {
            Assert.False(PhoneNumber.TryParse(text, new(region, strict), out _, out var error));
            Assert.Equal(expected, error);
        });
    }

    [Theory]
    [InlineData("0033612345678", "DE", "+33612345678")]
    [InlineData("1701234567", "DE", "+491701234567")]
    [InlineData("15123456789", "DE", "+4915123456789")] // a mobile there, and a number of New York without its +
    [InlineData("447400123456", "GB", "+447400123456")]
    [InlineData("12125551234", "US", "+12125551234")]
    [InlineData("2125551234", "US", "+12125551234")]
    [InlineData("79161234567", "RU", "+79161234567")]
    [InlineData("89161234567", "RU", "+79161234567")]
    [InlineData("5215512345678", "MX", "+525512345678")]
    [InlineData("044 55 1234 5678", "MX", "+525512345678")]
    [InlineData("0052 1 55 1234 5678", "MX", "+525512345678")]
    [InlineData("011 15-1234-5678", "AR", "+5491112345678")]
    public void TryParse_OneReading_IsTheNumber(string text, string region, string expected)
    {
        Assert.All([false, true], strict =>
        {
            Assert.True(PhoneNumber.TryParse(text, new(region, strict), out var number, out var error), error);
            Assert.Equal(expected, number.Value);
        });
    }

    [Theory]
    [InlineData("0491701234567", "+49491701234567")] // with the trunk prefix it is the landline
    [InlineData("033612345678", "+4933612345678")]
    public void TryParse_OneReadingThatIsALandline_IsTheNumberUnlessStrict(string text, string expected)
    {
        Assert.True(PhoneNumber.TryParse(text, new("DE"), out var number, out _));
        Assert.Equal(expected, number.Value);
        Assert.False(PhoneNumber.TryParse(text, new("DE", Strict: true), out _, out var error));
        Assert.Equal("is a landline, which gets no texts: remove it, or leave out strict", error);
    }

    [Theory]
    [MemberData(nameof(Regions))]
    public void TryParse_EveryExampleNumberOfARegion_IsItOrIsRefusedForAnotherReading(string region) => Assert.All(ExamplesOf(region), example =>
    {
        Assert.Null(Wrong(example, region, strict: true));
        Assert.Null(Wrong(example, region, strict: false));
    });

    [Property(MaxTest = 500)]
    public Property TryParse_AnyValidNumber_IsItOrIsRefusedForAnotherReading() => Prop.ForAll(
        Arb.From(
            from region in Gen.Elements(Library.GetSupportedRegions().Where(region => ExamplesOf(region).Any()).ToArray())
            from example in Gen.Elements(ExamplesOf(region).ToArray())
            from digits in Gen.ArrayOf(Gen.Choose(0, 9), 5)
            select (Region: region, Number: example[..^5] + string.Concat(digits))),
        each => !IsValidIn(each.Number, each.Region) || Wrong(each.Number, each.Region, strict: true) is null);

    // The oracle asks libphonenumber for each reading by itself; how they are weighed is written down once more.
    private static string? Wrong(string number, string region, bool strict)
    {
        var code = Library.GetCountryCodeForRegion(region);
        var parsed = Library.Parse(number, "ZZ");
        var national = Library.GetNationalSignificantNumber(parsed);
        var trunk = Library.GetNddPrefixForRegion(region, true) ?? "";
        return Check(number, region, strict, number[1..], Other($"+{code}{number[1..]}", number))
            ?? (trunk.Length > 0 && Parse(trunk + national, region) == number ? Check(number, region, strict, trunk + national, null) : null)
            ?? (Parse(national, region) == number && (trunk.Length == 0 || !national.StartsWith(trunk, StringComparison.Ordinal))
                ? Check(number, region, strict, national, national.StartsWith($"{code}", StringComparison.Ordinal) ? Other("+" + national, number) : ForeignMobile(national, parsed))
                : null);
    }

    private static string? Check(string number, string region, bool strict, string written, string? other)
    {
        var isRead = PhoneNumber.TryParse(written, new(region, strict), out var read, out var error);
        return !isRead && error == NumberErrors.Rounded ? written.Length >= 12 && written.TrimEnd('0').Length <= 6 ? null : $"{written} is not rounded"
            : other is null && strict && GetsNoTexts(number)
            ? !isRead && error!.Contains("gets no texts", StringComparison.Ordinal) ? null : $"{written} in {region} is {number}, which gets no texts, and came as {read.Value} {error}"
            : other is null
            ? isRead && read.Value == number ? null : $"{written} in {region} has one reading, {number}, and came as {read.Value} {error}"
            : !isRead && error!.Contains(other, StringComparison.Ordinal) && error.Contains(number, StringComparison.Ordinal) ? null
            : $"{written} in {region} is {number} or {other}, and came as {read.Value} {error}";
    }

    private static bool GetsNoTexts(string number) => Library.GetNumberType(Library.Parse(number, "ZZ")) switch
    {
        PhoneNumberType.PREMIUM_RATE or PhoneNumberType.SHARED_COST => true,
        PhoneNumberType.FIXED_LINE => !number.StartsWith("+54", StringComparison.Ordinal),
        _ => false,
    };

    private static string? Other(string text, string number) => Parse(text, "ZZ") is { } other && other != number && Library.IsValidNumber(Library.Parse(other, "ZZ")) ? other : null;

    private static string? ForeignMobile(string national, PhoneNumbers.PhoneNumber own) => !MayBeMobile(own) && Parse("+" + national, "ZZ") is { } foreign
        && Library.Parse(foreign, "ZZ") is var read && Library.IsValidNumber(read) && MayBeMobile(read) ? foreign : null;

    private static bool MayBeMobile(PhoneNumbers.PhoneNumber number) => Library.GetNumberType(number) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE;

    private static bool IsValidIn(string number, string region) => Library.Parse(number, "ZZ") is var parsed && Library.IsValidNumberForRegion(parsed, region)
        && Library.Format(parsed, PhoneNumberFormat.E164) == number;

    // Canada's 310-1234 is valid, but dialled without an area code only: it is no number to the rest of the world.
    private static bool IsWhole(PhoneNumbers.PhoneNumber number) => Library.IsPossibleNumberWithReason(number) is PhoneNumberUtil.ValidationResult.IS_POSSIBLE;

    private static string? Parse(string text, string region)
    {
        try
        {
            return Library.Format(Library.Parse(text, region), PhoneNumberFormat.E164);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static IEnumerable<string> ExamplesOf(string region) => Types.Select(type => Library.GetExampleNumberForType(region, type)).OfType<PhoneNumbers.PhoneNumber>()
        .Where(example => Library.IsValidNumberForRegion(example, region) && IsWhole(example))
        .Select(example => Library.Format(example, PhoneNumberFormat.E164)).Where(example => example.Length > 8).Distinct(StringComparer.Ordinal);
}
