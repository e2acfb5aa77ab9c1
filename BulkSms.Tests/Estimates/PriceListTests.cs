using BulkSms.Estimates;
using Microsoft.Extensions.Configuration;

namespace BulkSms.Tests.Estimates;

public sealed class PriceListTests
{
    private static readonly DateTimeOffset May = new(2030, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset June = new(2030, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Price_OfACountry_IsConfiguredElseImportedElseBuiltIn()
    {
        var prices = Prices();

        Assert.Equal(
            [("DE", 0.09m, "imported", true), ("GB", 0.0582m, "builtIn", false), ("IN", 0.05m, "configured", true), ("US", 0.0083m, "imported", true)],
            prices.All.Select(price => (price.Country, price.PerSegment, price.Source, price.Imported is not null)));
        Assert.Equal([June, null, null, May], prices.All.Select(price => price.ImportedAt));
        Assert.Null(prices.Of("FR"));
    }

    [Fact]
    public void Cost_TellsTheOldestOfItsImportedPrices()
    {
        Assert.Equal(May, Cost("+4915123456789", "+12015550123", "+447400123456").PricesAsOf);
        Assert.Equal(June, Cost("+4915123456789").PricesAsOf);
        Assert.Null(Cost("+447400123456", "+33612345678").PricesAsOf); // built in, and not known
    }

    private static CostEstimate Cost(params string[] numbers) => CostEstimate.Of(numbers.Select(number => (number, 1)), Prices());

    private static PriceList Prices()
    {
        var options = new PriceOptions();
        options.Take(new ConfigurationBuilder().AddInMemoryCollection([new("Prices:IN", "0.05")]).Build().GetSection(PriceOptions.Section));
        return PriceList.Of(options, [new("US", 0.0083m, 0.0079m, May), new("DE", 0.09m, 0.09m, June), new("IN", 0.08m, 0.08m, May)]);
    }
}
