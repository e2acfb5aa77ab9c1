using BulkSms.Client.Api.V1.Prices;
using BulkSms.Client.Http;
using BulkSms.Client.Models;

namespace BulkSms.Client;

/// <summary>Calls about the prices that estimates go by.</summary>
public sealed class PriceCalls
{
    private readonly Exchange exchange;
    private readonly PricesRequestBuilder api;

    internal PriceCalls(Exchange exchange, PricesRequestBuilder api) => (this.exchange, this.api) = (exchange, api);

    /// <summary>The price of each country, and where it comes from.</summary>
    public Task<PriceList> GetAsync(CancellationToken cancellation = default) => exchange.SendAsync(api.ToGetRequestInformation(), PriceList.CreateFromDiscriminatorValue, cancellation);

    /// <summary>Imports what Twilio lists for the account. It takes up to 20 s.</summary>
    /// <param name="countries">Countries, such as US; null: those that have a price.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<PriceList> ImportAsync(IReadOnlyList<string>? countries = null, CancellationToken cancellation = default) => exchange.SendAsync(
        api.Import.ToPostRequestInformation(new PriceImport { Countries = countries is { Count: > 0 } ? [.. countries] : null }), PriceList.CreateFromDiscriminatorValue, cancellation);
}
