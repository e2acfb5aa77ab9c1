using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PhoneNumbers;
using PhoneNumber = BulkSms.Recipients.PhoneNumber;

namespace BulkSms.Tests.Recipients;

/// <summary>One phone, one spelling: what a canonical number is read as again is itself, or the same phone could be texted twice.</summary>
public sealed class CanonicalNumberTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    [Theory]
    [InlineData("+6100491570006")]
    [InlineData("+49003023125000")]
    [InlineData("+4400207946000")]
    public void TryParse_RepeatedNationalPrefix_IsRefusedOrDroppedWhole(string text) => Assert.True(IsRefusedOrStable(text));

    [Property(MaxTest = 2000)]
    public Property TryParse_CanonicalNumber_IsItselfAgain() => Prop.ForAll(
        Arb.From(
            from country in Gen.Elements<int>(Library.GetSupportedCallingCodes())
            from prefix in Gen.Elements("", "0", "00", "1", "8", "9")
            from length in Gen.Choose(4, 11)
            from digits in Gen.ArrayOf(Gen.Choose(0, 9), length)
            select $"+{country}{prefix}{string.Concat(digits)}"),
        IsRefusedOrStable);

    [Fact]
    public void TryParse_EveryCountrysExampleNumber_IsCanonicalAlready()
    {
        var examples = Library.GetSupportedRegions()
            .SelectMany(region => new[] { PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE }.Select(type => Library.GetExampleNumberForType(region, type)))
            .Where(example => example is not null)
            .Select(example => Library.Format(example, PhoneNumberFormat.E164))
            .ToList();

        Assert.True(examples.Count > 400);
        Assert.All(examples, example =>
        {
            Assert.True(PhoneNumber.TryParse(example, out var number, out _));
            Assert.Equal(example, number.Value);
        });
    }

    private static bool IsRefusedOrStable(string text) =>
        !PhoneNumber.TryParse(text, out var number, out _)
        || (PhoneNumber.TryParse(number.Value, out var again, out _) && again == number);
}
