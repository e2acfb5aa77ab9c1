using System.Text.Json.Serialization;

namespace BulkSms.Estimates;

/// <summary>Prices.</summary>
/// <param name="Currency">Always <c>USD</c>.</param>
/// <param name="Prices">By country.</param>
/// <param name="NotListed">Countries that Twilio lists no price for; null: none of those that were asked about, or nothing was asked.</param>
public sealed record PricesView(
    string Currency, IReadOnlyList<PriceView> Prices, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? NotListed = null)
{
    public static PricesView Of(IEnumerable<CountryPrice> prices, IReadOnlyList<string>? notListed = null) =>
        new(PriceOptions.Currency, [.. prices.Select(PriceView.Of)], notListed is { Count: > 0 } ? notListed : null);
}

/// <summary>The price of one country.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="PricePerSegment">What estimates go by.</param>
/// <param name="Source">One of <see cref="PriceSource"/>.</param>
/// <param name="Imported">What was imported; null: nothing.</param>
public sealed record PriceView(
    string Country, decimal PricePerSegment, string Source, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImportedPriceView? Imported = null)
{
    public static PriceView Of(CountryPrice price) => new(
        price.Country, Amount.Short(price.PerSegment)!.Value, price.Source, price.Imported is { } imported ? new(Amount.Short(imported.PerSegment)!.Value, Amount.Short(imported.Lowest)!.Value, imported.At) : null);
}

/// <summary>What Twilio listed for a country.</summary>
/// <param name="Highest">The highest price of its networks and kinds of sender: the one that counts.</param>
/// <param name="Lowest">The lowest.</param>
/// <param name="At">When it was asked for.</param>
public sealed record ImportedPriceView(decimal Highest, decimal Lowest, DateTimeOffset At);
