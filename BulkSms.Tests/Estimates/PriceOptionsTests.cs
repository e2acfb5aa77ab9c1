using BulkSms.Estimates;
using Microsoft.Extensions.Configuration;

namespace BulkSms.Tests.Estimates;

public sealed class PriceOptionsTests
{
    [Fact]
    public void Defaults_AreAsDocumentedAndValid()
    {
        var options = new PriceOptions();

        Assert.Equal([("GB", 0.0582m), ("IN", 0.0073m), ("US", 0.0079m)], options.PerSegment.OrderBy(price => price.Key, StringComparer.Ordinal).Select(price => (price.Key, price.Value)));
        Assert.Null(PriceList.Of(options, []).Of("DE"));
        Assert.Empty(Failures());
    }

    [Fact]
    public void Take_Settings_OverruleAndAdd()
    {
        var options = PriceList.Of(Configured(("US", "0.01"), ("DE", "0")), []);

        Assert.Equal((0.01m, 0m, 0.0582m), (options.Of("US"), options.Of("DE"), options.Of("GB")));
    }

    [Theory]
    [InlineData("US", "-0.01", "Prices:US must be a price in US dollars from 0 to 10.")]
    [InlineData("US", "10.01", "Prices:US must be a price in US dollars from 0 to 10.")]
    [InlineData("US", "free", "Prices:US must be a price in US dollars from 0 to 10.")]
    [InlineData("US", "0,0079", "Prices:US must be a price in US dollars from 0 to 10.")]
    [InlineData("US", "", "Prices:US must be a price in US dollars from 0 to 10.")]
    [InlineData("UK", "0.05", "Prices:UK names no country in ISO 3166-1 alpha-2, in capitals (the United Kingdom is GB).")]
    [InlineData("de", "0.05", "Prices:de names no country in ISO 3166-1 alpha-2, in capitals (the United Kingdom is GB).")]
    public void Validate_WrongPrice_IsTold(string country, string price, string fault) => Assert.Equal([fault], Failures((country, price)));

    [Theory]
    [InlineData("0")]
    [InlineData("10")]
    public void Validate_Bounds_AreTaken(string price) => Assert.Empty(Failures(("US", price)));

    private static IEnumerable<string> Failures(params (string, string)[] settings) =>
        new PriceOptionsValidator().Validate(null, Configured(settings)).Failures ?? [];

    private static PriceOptions Configured(params (string Country, string Price)[] settings)
    {
        var options = new PriceOptions();
        options.Take(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>($"Prices:{setting.Country}", setting.Price)))
            .Build().GetSection(PriceOptions.Section));
        return options;
    }
}
