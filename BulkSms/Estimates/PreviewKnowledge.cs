using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Profiles;
using BulkSms.Security;
using BulkSms.Security.Usage;
using BulkSms.Twilio.Account;

namespace BulkSms.Estimates;

/// <summary>What is known for a preview.</summary>
/// <param name="Before">The same text to the same list, within a day; null: there is none.</param>
/// <param name="Permissions">Which countries the account may text; null: nothing is known.</param>
/// <param name="Limits">What the caller has left of its limits.</param>
/// <param name="Ahead">Segments that wait before it; null: not known.</param>
public sealed record PreviewFacts(RecentText? Before, PermissionFact? Permissions, IReadOnlyList<LimitView> Limits, long? Ahead);

/// <summary>What a preview knows beside the request: whether its text was accepted before, which countries the account may text, what the caller has left, what waits before it, and prices.</summary>
public sealed class PreviewKnowledge(RecentTexts texts, CountryPermissions permissions, CurrentPrices prices, UsageDemands usage, UsageCounters counters, WaitingAhead waiting, ProfileCatalog profiles)
{
    public async Task<PreviewFacts> OfAsync(BroadcastRequest request, TimedRequest timed, Caller caller, CancellationToken cancellation)
    {
        var (before, ahead) = (texts.FindAsync(request.TextKey, cancellation), waiting.SegmentsAsync(request.Terms.Profile, request.Terms.IsHigh, cancellation));
        var (demands, _) = await usage.OfAsync(request, timed, caller);
        var limits = Task.WhenAll(demands.Select(async demand => LimitView.Of(await counters.ReadAsync(demand.Limit), demand)));
        var countries = profiles.Find(request.Terms.Profile) is { } profile ? await permissions.KnownAsync(profile, cancellation) : null;
        return new(await before, countries, await limits, await ahead);
    }

    public ValueTask<PriceList> PricesAsync() => prices.GetAsync();
}
