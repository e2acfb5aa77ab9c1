using System.Net;
using BulkSms.Twilio;
using BulkSms.Twilio.Account;

namespace BulkSms.Estimates;

/// <summary>Asks Twilio for prices, a few countries at a time, and all within a limit.</summary>
public sealed class FetchPrices(TwilioAccount twilio, TwilioCredentialsSource credentials, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Questions at a time: messages are being sent on the same account.</summary>
    private const int AtATime = 4;

    /// <param name="countries">ISO 3166-1 alpha-2.</param>
    /// <param name="stop">The caller has gone.</param>
    public async Task<FetchedPrices> RunAsync(IReadOnlyList<string> countries, CancellationToken stop)
    {
        if (await credentials.TryGetAsync(stop) is not { } own)
        {
            return new([], [], "The credentials cannot be read.", null);
        }

        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        var (now, answers) = (time.GetUtcNow(), new Asked<PricesFact>[countries.Count]);
        await Parallel.ForAsync(0, countries.Count, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = CancellationToken.None }, async (i, _) =>
            answers[i] = await twilio.PricesAsync(own, countries[i], either.Token));
        var listed = countries.Zip(answers).ToLookup(each => each.Second is { IsKnown: true, Value.PerSegment.Count: > 0 });
        return new(
            [.. listed[true].Select(each => new ImportedPrice(each.First, each.Second.Value!.PerSegment.Max(), each.Second.Value.PerSegment.Min(), now))],
            [.. listed[false].Where(each => each.Second.IsKnown || each.Second.Status == (int)HttpStatusCode.NotFound).Select(each => each.First)],
            listed[false].Where(each => !each.Second.IsKnown && each.Second.Status != (int)HttpStatusCode.NotFound).Select(each => each.Second.Trouble).FirstOrDefault(),
            listed[true].Select(each => each.Second.Value!.Currency).FirstOrDefault(currency => !currency.Equals(PriceOptions.Currency, StringComparison.OrdinalIgnoreCase)));
    }
}

/// <param name="Prices">What was listed.</param>
/// <param name="NotListed">Countries that Twilio lists no price for.</param>
/// <param name="Trouble">Why a country could not be asked about; null: each could.</param>
/// <param name="OtherCurrency">A currency of the prices that is not ours; null: all are ours.</param>
public sealed record FetchedPrices(IReadOnlyList<ImportedPrice> Prices, IReadOnlyList<string> NotListed, string? Trouble, string? OtherCurrency);
