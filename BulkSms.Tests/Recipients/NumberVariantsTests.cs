using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Recipients;

public sealed class NumberVariantsTests
{
    [Theory]
    [InlineData("+525512345678", "+5215512345678")]
    [InlineData("+5491112345678", "+541112345678")]
    [InlineData("+5492901123456", "+542901123456")]
    [InlineData("+5511987654321", "+551187654321")]
    public void Of_PhoneWithTwoNumbers_IsBothFromEither(string present, string former)
    {
        Assert.Equal((present, present), (NumberVariants.KeyOf(present), NumberVariants.KeyOf(former)));
        Assert.Equal([present, former], NumberVariants.Of(present));
        Assert.Equal([present, former], NumberVariants.Of(former));
    }

    [Theory]
    [InlineData("+15551234567")]
    [InlineData("+551123456789")] // a fixed line of Brazil; with a 9 it is another person's mobile
    [InlineData("+5511923456789")]
    [InlineData("+5511912345678")]
    [InlineData("+5312345678")]
    [InlineData("+52551234567")] // a digit short
    [InlineData("+54")]
    [InlineData("+")]
    [InlineData("")]
    public void Of_AnyOtherNumber_IsItself(string number)
    {
        Assert.Equal(number, NumberVariants.KeyOf(number));
        Assert.Equal([number], NumberVariants.Of(number));
    }

    [Property(MaxTest = 2000)]
    public Property Of_AnyNumber_IsTheSameFromEachOfItsVariants() => Prop.ForAll(
        Arb.From(
            from country in Gen.Elements("52", "54", "55", "521", "549", "1", "44")
            from length in Gen.Choose(8, 11)
            from digits in Gen.ArrayOf(Gen.Choose(0, 9), length)
            select $"+{country}{string.Concat(digits)}"),
        number => NumberVariants.Of(number).Contains(number)
            && NumberVariants.Of(number).All(variant => NumberVariants.Of(variant).SequenceEqual(NumberVariants.Of(number)) && NumberVariants.KeyOf(variant) == NumberVariants.Of(number)[0]));
}
