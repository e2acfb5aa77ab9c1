using BulkSms.Broadcasts.Requests;
using BulkSms.SendingControl;
using Microsoft.Extensions.Options;

namespace BulkSms.Estimates;

/// <summary>Whether a request needs an approval, by its recipients and by what it costs.</summary>
public sealed class ApprovalRule(IOptions<ApprovalOptions> options, CurrentPrices prices)
{
    /// <summary>Whether it needs one. The cost is worked out only where approvals are on.</summary>
    public async ValueTask<bool> AsksAsync(BroadcastRequest request, TimedRequest timed) =>
        options.Value.IsOn && !request.Terms.IsTest && Asks(timed, CostEstimate.Of(timed.Recipients.Weights(request.Segments.Count), (await prices.GetAsync()).For(request.Terms.Profile, request.Terms.Extras)));

    /// <summary>Whether a request that costs so much needs one.</summary>
    public bool Asks(TimedRequest timed, CostEstimate cost) => options.Value.Asks(timed.Recipients.Count, cost.Total);
}
