using System.Globalization;
using BulkSms.Recipients;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BulkSms.Estimates;

/// <summary>What a segment costs, in US dollars, by country. Section <c>Prices</c>: one setting a country, such as <c>Prices:US</c>.</summary>
public sealed class PriceOptions
{
    public const string Section = "Prices";

    /// <summary>Prices come from Twilio's list in this currency.</summary>
    public const string Currency = "USD";

    private readonly HashSet<string> configured = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Price of a segment in US dollars, 0 to 10, by country (ISO 3166-1 alpha-2), for the preview and <c>maxCost</c>. It comes before an imported one. The defaults are Twilio's of 2025, and stand behind it. The cost of a country
    /// without a price is null, and its name stands in <c>unknownCountries</c>: it is never nothing.
    /// </summary>
    public IDictionary<string, decimal> PerSegment { get; } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase)
    {
        ["US"] = 0.0079m,
        ["GB"] = 0.0582m,
        ["IN"] = 0.0073m,
    };

    /// <summary>Whether a setting says the price of a country; else the version does.</summary>
    public bool IsConfigured(string country) => configured.Contains(country);

    /// <summary>Takes the prices of a configuration section over these. What is no number is kept as a price that the validator refuses.</summary>
    public void Take(IConfigurationSection section)
    {
        foreach (var price in section.GetChildren())
        {
            configured.Add(price.Key);
            PerSegment[price.Key] = decimal.TryParse(price.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : -1;
        }
    }
}

/// <summary>A wrong price is found out at start, not on the bill.</summary>
public sealed class PriceOptionsValidator : IValidateOptions<PriceOptions>
{
    private const decimal Highest = 10;

    public ValidateOptionsResult Validate(string? name, PriceOptions options)
    {
        var faults = options.PerSegment.Select(price =>
                !NumberRules.IsRegion(price.Key) ? $"{PriceOptions.Section}:{price.Key} names no country in ISO 3166-1 alpha-2, in capitals (the United Kingdom is GB)."
                : price.Value is < 0 or > Highest ? $"{PriceOptions.Section}:{price.Key} must be a price in US dollars from 0 to {Highest}."
                : null)
            .OfType<string>().ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
