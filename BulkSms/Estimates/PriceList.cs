using BulkSms.Messages;
using BulkSms.Profiles;

namespace BulkSms.Estimates;

/// <summary>What a segment costs by country: as it is configured, else as it was imported, else as it was when this version was made.</summary>
public sealed class PriceList
{
    private readonly Dictionary<string, CountryPrice> prices;

    private IReadOnlyDictionary<string, PriceList> ofProfiles = new Dictionary<string, PriceList>();

    private PriceList(Dictionary<string, CountryPrice> prices) => this.prices = prices;

    /// <summary>Every country with a price, by its name.</summary>
    public IEnumerable<CountryPrice> All => prices.Values.OrderBy(price => price.Country, StringComparer.Ordinal);

    /// <param name="options">The configured prices, and those that are built in.</param>
    /// <param name="imported">Those that were imported.</param>
    /// <param name="profiles">The profiles, some of which may have prices of their own; null: none has.</param>
    public static PriceList Of(PriceOptions options, IEnumerable<ImportedPrice> imported, IReadOnlyList<Profile>? profiles = null)
    {
        var prices = options.PerSegment.ToDictionary(
            price => price.Key, price => new CountryPrice(price.Key, price.Value, options.IsConfigured(price.Key) ? PriceSource.Configured : PriceSource.BuiltIn, null), StringComparer.OrdinalIgnoreCase);
        foreach (var price in imported)
        {
            prices[price.Country] = prices.TryGetValue(price.Country, out var own) && own.Source == PriceSource.Configured
                ? own with { Imported = price }
                : new(price.Country, price.PerSegment, PriceSource.Imported, price);
        }

        return new(prices)
        {
            ofProfiles = (profiles ?? []).Where(profile => profile.Settings.Prices.Count > 0)
                .ToDictionary(profile => profile.Name, profile => new PriceList(With(prices, profile.Settings.Prices)), StringComparer.OrdinalIgnoreCase),
        };
    }

    /// <summary>The field of the request that makes every price unknown; null: none does.</summary>
    public string? UnpricedBy { get; private init; }

    /// <summary>The prices of a profile: its own come first.</summary>
    private PriceList For(string profile) => ofProfiles.GetValueOrDefault(profile) ?? this;

    /// <summary>The prices of a profile for messages that are made of more than a text: none is known where Twilio bills other things than segments, or more.</summary>
    public PriceList For(string profile, MessageExtras extras) => extras.UnpricedBy is { } field ? new([]) { UnpricedBy = field } : For(profile);

    private static Dictionary<string, CountryPrice> With(Dictionary<string, CountryPrice> all, IDictionary<string, decimal> own)
    {
        var prices = new Dictionary<string, CountryPrice>(all, all.Comparer);
        foreach (var (country, price) in own)
        {
            prices[country] = new(country, price, PriceSource.Configured, prices.GetValueOrDefault(country)?.Imported);
        }

        return prices;
    }

    /// <summary>Price of a segment; null: not known.</summary>
    public decimal? Of(string country) => Find(country)?.PerSegment;

    /// <summary>The price of a country with where it comes from; null: there is none.</summary>
    public CountryPrice? Find(string country) => prices.GetValueOrDefault(country);
}

/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="PerSegment">US dollars.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Imported">What was imported for the country; null: nothing. It counts where nothing is configured.</param>
public sealed record CountryPrice(string Country, decimal PerSegment, string Source, ImportedPrice? Imported)
{
    /// <summary>When it was imported; null: it comes from elsewhere.</summary>
    public DateTimeOffset? ImportedAt => Source == PriceSource.Imported ? Imported!.At : null;
}

/// <summary>Where a price comes from.</summary>
public static class PriceSource
{
    /// <summary>A setting says it.</summary>
    public const string Configured = "configured";

    /// <summary>It was imported from Twilio.</summary>
    public const string Imported = "imported";

    /// <summary>This version has it.</summary>
    public const string BuiltIn = "builtIn";
}
