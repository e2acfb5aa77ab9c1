using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Twilio.Account;

namespace BulkSms.Estimates;

/// <summary>What a preview knows beside the request: whether its text was accepted before, which countries the account may text, what waits before it, and prices.</summary>
public sealed class PreviewKnowledge(RecentTexts texts, CountryPermissions permissions, CurrentPrices prices, WaitingAhead waiting)
{
    public async Task<Known> OfAsync(BroadcastRequest request, CancellationToken cancellation)
    {
        var (before, ahead) = (texts.FindAsync(request.TextKey, cancellation), waiting.SegmentsAsync(cancellation));
        var countries = await permissions.KnownAsync(cancellation);
        return new(await before, countries, await ahead);
    }

    /// <param name="Before">The text, if it was accepted before.</param>
    /// <param name="Permissions">The countries that the account may text; null: not known.</param>
    /// <param name="Ahead">Segments that wait before it; null: not known.</param>
    public sealed record Known(RecentText? Before, PermissionFact? Permissions, long? Ahead);

    public ValueTask<PriceList> PricesAsync() => prices.GetAsync();
}
