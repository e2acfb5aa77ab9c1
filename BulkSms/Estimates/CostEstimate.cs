using BulkSms.Recipients;

namespace BulkSms.Estimates;

/// <summary>What goes to one country.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; the calling code (<c>+1</c>) where the numbers tell no country.</param>
/// <param name="Recipients">Messages.</param>
/// <param name="Segments">Segments of all of them.</param>
/// <param name="PricePerSegment">US dollars; null: not known.</param>
/// <param name="PricedAt">When the price was imported; null: it was not.</param>
public sealed record CountryEstimate(string Country, int Recipients, long Segments, decimal? PricePerSegment, DateTimeOffset? PricedAt = null)
{
    /// <summary>US dollars; null: not known.</summary>
    public decimal? Cost => PricePerSegment * Segments;
}

/// <summary>What a broadcast costs, in US dollars, by the prices of now.</summary>
/// <param name="Countries">Most recipients first.</param>
public sealed record CostEstimate(IReadOnlyList<CountryEstimate> Countries)
{
    /// <summary>The field of the request that makes every price unknown; null: none does.</summary>
    public string? UnpricedBy { get; private init; }

    /// <summary>Everything; null when a price is not known.</summary>
    public decimal? Total => Unknown.Any() ? null : Known;

    /// <summary>What goes to countries whose price is known.</summary>
    public decimal Known => Countries.Sum(country => country.Cost ?? 0);

    /// <summary>Countries whose price is not known.</summary>
    public IEnumerable<string> Unknown => Countries.Where(country => country.PricePerSegment is null).Select(country => country.Country);

    /// <summary>When the oldest imported price in it was imported; null: none is in it.</summary>
    public DateTimeOffset? PricesAsOf => Countries.Min(country => country.PricedAt);

    /// <summary>Whether it costs at most so much, for sure.</summary>
    public bool IsAtMost(decimal most) => Total <= most;

    /// <summary>Prices what messages come to.</summary>
    public static CostEstimate Of(SegmentsByCountry sums, PriceList prices) => new([
        .. sums.Select(each => new CountryEstimate(each.Country, each.Recipients, each.Segments, prices.Of(each.Country), prices.Find(each.Country)?.ImportedAt))
            .OrderByDescending(country => country.Recipients).ThenBy(country => country.Country, StringComparer.Ordinal),
    ])
    {
        UnpricedBy = prices.UnpricedBy,
    };

    /// <summary>Sums up messages by their numbers' countries, and prices them.</summary>
    public static CostEstimate Of(IEnumerable<(string To, int Segments)> messages, PriceList prices)
    {
        var sums = new SegmentsByCountry();
        foreach (var (to, segments) in messages)
        {
            sums.Add(to, segments);
        }

        return Of(sums, prices);
    }
}
