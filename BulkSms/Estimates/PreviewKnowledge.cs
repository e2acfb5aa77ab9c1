using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Twilio.Account;

namespace BulkSms.Estimates;

/// <summary>What a preview knows beside the request: whether its text was accepted before, which countries the account may text, and prices.</summary>
public sealed class PreviewKnowledge(RecentTexts texts, CountryPermissions permissions, CurrentPrices prices)
{
    public async Task<(RecentText? Before, PermissionFact? Permissions)> OfAsync(BroadcastRequest request, CancellationToken cancellation)
    {
        var before = texts.FindAsync(request.TextKey, cancellation);
        var countries = await permissions.KnownAsync(cancellation);
        return (await before, countries);
    }

    public ValueTask<PriceList> PricesAsync() => prices.GetAsync();
}
