using BulkSms.Broadcasts.Requests;
using BulkSms.Profiles;
using BulkSms.Security;
using BulkSms.Security.Usage;

namespace BulkSms.Estimates;

/// <summary>What a request would use of each limit that holds for it.</summary>
public sealed class UsageDemands(CallerAllowances allowances, ProfileCatalog profiles, CurrentPrices prices)
{
    /// <summary>The demands, and what it costs where one of them is of money; null: none is.</summary>
    public async ValueTask<(IReadOnlyList<UsageDemand> Demands, CostEstimate? Cost)> OfAsync(BroadcastRequest request, TimedRequest timed, Caller caller)
    {
        var recipients = new UsageDemand(allowances.RecipientsOf(caller), timed.Recipients.Count);
        UsageLimit[] budgets = [.. new[] { allowances.BudgetOf(caller), BudgetOf(profiles.Find(request.Terms.Profile)) }.OfType<UsageLimit>()];
        if (budgets.Length == 0)
        {
            return ([recipients], null);
        }

        var cost = CostEstimate.Of(timed.Recipients.Weights(request.Segments.Count), (await prices.GetAsync()).For(request.Terms.Profile, request.Terms.Extras));
        long? amount = cost.Total is { } total ? UsageLimit.Millionths(total) : null;
        return ([recipients, .. budgets.Select(budget => new UsageDemand(budget, amount))], cost);
    }

    // No caller's id begins so.
    private static UsageLimit? BudgetOf(Profile? profile) => profile?.Settings.MonthlyBudget is { } most
        ? new(
            UsageKind.MonthlyBudget, $"profile:{profile.Name.ToLowerInvariant()}",
            ProfileOptionsValidator.SettingOf(profile.Name, nameof(ProfileSettings.MonthlyBudget)), UsageLimit.Millionths(most))
        : null;
}
