using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Twilio.Account;

namespace BulkSms.Estimates;

/// <summary>What a preview knows beside the request: whether its text was accepted before, and which countries the account may text.</summary>
public sealed class PreviewKnowledge(RecentTexts texts, CountryPermissions permissions)
{
    public async Task<(RecentText? Before, PermissionFact? Permissions)> OfAsync(BroadcastRequest request, CancellationToken cancellation)
    {
        var before = texts.FindAsync(request.TextKey, cancellation);
        var countries = await permissions.KnownAsync(cancellation);
        return (await before, countries);
    }
}
