using BulkSms.Estimates;
using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PhoneNumbers;

namespace BulkSms.Tests.Estimates;

public sealed class CostEstimateTests
{
    private static readonly PriceList Prices = PriceList.Of(new PriceOptions(), []);

    [Fact]
    public void Of_SeveralCountries_SumsEach()
    {
        var cost = CostEstimate.Of([(Example("US"), 2), (Example("GB"), 1), (Example("US"), 1)], Prices);

        Assert.Equal([new("US", 2, 3, 0.0079m), new("GB", 1, 1, 0.0582m)], cost.Countries);
        Assert.Equal((0.0819m, 0.0819m), (cost.Total, cost.Known));
    }

    [Fact]
    public void Of_CountryWithoutPrice_IsUnknownAndNeverNothing()
    {
        var cost = CostEstimate.Of([(Example("US"), 1), (Example("DE"), 1), ("+15551230001", 1)], Prices);

        Assert.Null(cost.Total);
        Assert.Equal(0.0079m, cost.Known);
        Assert.Equal(["+1", "DE"], cost.Unknown);
        Assert.False(cost.IsAtMost(1_000_000));
    }

    [Theory]
    [InlineData("0.0079", true)]
    [InlineData("0.0078", false)]
    public void IsAtMost_Limit_Counts(string most, bool expected) =>
        Assert.Equal(expected, CostEstimate.Of([(Example("US"), 1)], Prices).IsAtMost(decimal.Parse(most, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Of_NoRecipient_CostsNothing() => Assert.Equal(0, CostEstimate.Of(Array.Empty<(string, int)>(), Prices).Total);

    [Property]
    public Property Of_AnyMessages_LosesNoRecipient() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(from region in Gen.Elements("US", "GB", "IN", "DE", "FR") from segments in Gen.Choose(1, 10) select (Example(region), segments))),
        messages =>
        {
            var cost = CostEstimate.Of(messages, Prices);
            return cost.Countries.Sum(country => country.Recipients) == messages.Length
                && cost.Countries.Sum(country => country.Segments) == messages.Sum(message => message.segments)
                && cost.Known == messages.Sum(message => message.segments * (Prices.Of(BulkSms.Recipients.PhoneNumber.CountryOf(message.Item1)) ?? 0));
        });

    private static string Example(string region)
    {
        var library = PhoneNumberUtil.GetInstance();
        return library.Format(library.GetExampleNumberForType(region, PhoneNumberType.MOBILE), PhoneNumberFormat.E164);
    }
}
