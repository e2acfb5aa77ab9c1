using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PhoneNumbers;
using PhoneNumber = BulkSms.Recipients.PhoneNumber;

namespace BulkSms.Tests.Recipients;

/// <summary>Numbers as people write them, read by a default region.</summary>
public sealed class WrittenNumberTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();
    private static readonly PhoneNumberFormat[] Formats = [PhoneNumberFormat.E164, PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL];

    [Theory]
    [InlineData("(555) 123-4567", "US", "+15551234567")]
    [InlineData("555.123.4567", "US", "+15551234567")]
    [InlineData("1 555 123 4567", "US", "+15551234567")]
    [InlineData(" +1 (555) 123‑4567 ", "US", "+15551234567")]
    [InlineData("555\u00a0123\u00a04567", "CA", "+15551234567")]
    [InlineData("+15551234567", "DE", "+15551234567")]
    [InlineData("011 44 7700 900123", "US", "+447700900123")]
    [InlineData("07700 900123", "GB", "+447700900123")]
    [InlineData("(+44) 07700 900123", "US", "+447700900123")]
    [InlineData("+44 (0)7700 900123", "US", "+447700900123")]
    [InlineData("02 1234 5678", "IT", "+390212345678")]
    [InlineData("030/123456-7", "DE", "+49301234567")]
    public void TryParse_DefaultRegion_ReadsWhatPeopleWriteThere(string text, string region, string expected)
    {
        Assert.True(PhoneNumber.TryParse(text, new(region), out var number, out _));
        Assert.Equal(expected, number.Value);
    }

    [Theory]
    [InlineData("123-4567", "has no area code")]
    [InlineData("911", "is too short for its country")]
    [InlineData("555 123 4567 8", "is too long for its country")]
    [InlineData("+999 123 4567", "has a country code that does not exist")]
    [InlineData("436641234567", "is too long for its country; perhaps +436641234567, whose + is lost")]
    public void TryParse_NoNumberOfTheRegion_IsRefusedInWords(string text, string fault)
    {
        Assert.False(PhoneNumber.TryParse(text, new("US"), out _, out var told));
        Assert.Equal(fault, told);
    }

    [Theory]
    [InlineData("+15551234567", null)]
    [InlineData("(555) 123-4567", "US")]
    public void TryParse_StrictAndMerelyPossible_IsRefused(string text, string? region)
    {
        Assert.False(PhoneNumber.TryParse(text, new(region, Strict: true), out _, out var fault));
        Assert.Equal("is not a valid number: its country has not given out such numbers", fault);
    }

    public static TheoryData<string> Regions => [.. Library.GetSupportedRegions().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Regions))]
    public void TryParse_EveryRegionsExampleInEveryForm_IsTheSameCanonicalNumber(string region)
    {
        var example = Library.GetExampleNumberForType(region, PhoneNumberType.MOBILE) ?? Library.GetExampleNumber(region);
        var expected = Library.Format(example, PhoneNumberFormat.E164);

        Assert.All(Formats, format =>
        {
            var text = Library.Format(example, format);
            Assert.True(PhoneNumber.TryParse(text, new(region, Strict: true) { AnyType = true }, out var number, out var fault), $"{format}: {fault}");
            Assert.Equal(expected, number.Value);
        });
    }

    [Property(MaxTest = 2000)]
    public Property TryParse_AnyMarksAndDigits_IsRefusedOrCanonical() => Prop.ForAll(
        Arb.From(
            from region in Gen.Elements(Library.GetSupportedRegions().ToArray())
            from text in Gen.ArrayOf(Gen.Elements("0123456789012345678901234567890123456789 ()-./+\u00a0".ToCharArray()), 14)
            select (Region: region, Text: new string(text))),
        each => !PhoneNumber.TryParse(each.Text, new(each.Region), out var number, out _)
            || (PhoneNumber.TryParse(number.Value, out var again, out _) && again == number));

    [Property(MaxTest = 1000)]
    public bool TryParse_AnyText_NeverThrows(string? text) =>
        PhoneNumber.TryParse(text ?? "", new("US", Strict: true), out _, out var fault) == fault is null;

    [Theory]
    [InlineData("US", "US")]
    [InlineData("us", "US")]
    [InlineData(" de ", "DE")]
    [InlineData("UK", "GB")]
    [InlineData("uk", "GB")]
    [InlineData("ZZ", null)]
    [InlineData("001", null)]
    [InlineData("", null)]
    [InlineData("USA", null)]
    public void RegionOf_Text_IsACountryHoweverItIsWritten(string text, string? expected) => Assert.Equal(expected, NumberRules.RegionOf(text));
}
