using BulkSms.Broadcasts.Requests;
using BulkSms.OptOuts;
using Microsoft.Extensions.Options;

namespace BulkSms.Estimates;

/// <summary>What a request would cost now: people who have opted out are not texted.</summary>
public sealed class EstimateCost(OptOutCache optOuts, IOptions<PriceOptions> prices)
{
    public async Task<CostEstimate> OfAsync(BroadcastRequest request)
    {
        var recipients = request.Recipients.Without((await optOuts.RecentAsync()).Contains);
        return CostEstimate.Of(recipients.Weights(request.Segments.Count), prices.Value);
    }
}
