using BulkSms.Audit;
using BulkSms.Http;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Estimates;

/// <summary>The prices that estimates go by, and their import from Twilio.</summary>
public sealed class PriceEndpoints(CurrentPrices current, ImportedPrices imported, FetchPrices fetch, AuditLog audit)
{
    private const int MaxBody = 4096;

    /// <summary><c>GET /api/v1/prices</c>: each country's price, and where it comes from.</summary>
    public Task<IResult> GetAsync(HttpRequest request) => StorageAnswer.GuardAsync(async () => Results.Json(PricesView.Of((await current.ReadAsync()).All)));

    /// <summary>
    /// <c>POST /api/v1/prices/import</c> with <see cref="PriceImport"/>: 200 with the prices of these countries. Nothing is changed by 409, where Twilio lists them in another currency, and by 503, where it
    /// does not tell all of them.
    /// </summary>
    public async Task<IResult> ImportAsync(HttpRequest request)
    {
        var read = await JsonBody.ReadAsync(request, MaxBody, new(), PriceImport.Read);
        return read.Value is not { } asked ? read.Refusal! : await StorageAnswer.GuardAsync(async () =>
        {
            var countries = asked.Countries ?? [.. (await current.ReadAsync()).All.Select(price => price.Country)];
            return countries.Count > ImportedPrices.Most
                ? PriceImport.TooMany(countries.Count)
                : await audit.RunAsync(
                    request, AuditAction.ImportPrices, AuditObject.Prices(countries.Count), () => ImportAsync(countries, request.HttpContext.RequestAborted), detail: $"countries: {string.Join(", ", countries)}");
        });
    }

    private async Task<IResult> ImportAsync(IReadOnlyList<string> countries, CancellationToken stop)
    {
        var fetched = await fetch.RunAsync(countries, stop);
        if (fetched.Trouble is { } trouble)
        {
            return Problems.TwilioUnavailable($"{trouble} No price was changed. Send the request again. GET /api/v1/doctor tells more if it stays so.");
        }

        if (fetched.OtherCurrency is { } currency)
        {
            return Problems.Of(
                "prices-in-other-currency", "Twilio lists the prices in another currency.", StatusCodes.Status409Conflict,
                $"Estimates are in {PriceOptions.Currency}, and this account's prices are in {Shown(currency)}. No price was changed. Set a price in {PriceOptions.Currency} for each country (Prices__US).");
        }

        await imported.PutAsync(fetched.Prices, CancellationToken.None);
        var now = await current.ReadAsync();
        return Results.Json(PricesView.Of(fetched.Prices.Select(price => now.Find(price.Country)).OfType<CountryPrice>(), fetched.NotListed));
    }

    // Twilio's word is shown where it is one.
    private static string Shown(string currency) => currency.Length == 3 && currency.All(char.IsAsciiLetter) ? currency.ToUpperInvariant() : "another currency";
}
