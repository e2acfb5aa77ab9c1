using BulkSms.Broadcasts.Requests;
using BulkSms.Security;
using BulkSms.Security.Usage;

namespace BulkSms.Estimates;

/// <summary>What a request would use of each limit that holds for it.</summary>
public sealed class UsageDemands(CallerAllowances allowances, CurrentPrices prices)
{
    /// <summary>The demands, and what it costs where one of them is of money; null: none is.</summary>
    public async ValueTask<(IReadOnlyList<UsageDemand> Demands, CostEstimate? Cost)> OfAsync(BroadcastRequest request, TimedRequest timed, Caller caller)
    {
        var recipients = new UsageDemand(allowances.RecipientsOf(caller), timed.Recipients.Count);
        if (allowances.BudgetOf(caller) is not { } budget)
        {
            return ([recipients], null);
        }

        var cost = CostEstimate.Of(timed.Recipients.Weights(request.Segments.Count), (await prices.GetAsync()).For(request.Terms.Profile));
        return ([recipients, new(budget, cost.Total is { } total ? UsageLimit.Millionths(total) : null)], cost);
    }
}
