using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Estimates;
using BulkSms.OptOuts;
using BulkSms.Unreachable;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>What a request comes to now: whom it reaches, when, and at what price.</summary>
public sealed class CheckBroadcast(OptOutCache optOuts, UnreachableNumbers unreachable, IOptions<PriceOptions> prices, IOptions<BroadcastOptions> options)
{
    /// <summary>The request at a moment, without those who have opted out.</summary>
    public async Task<TimedRequest> AtAsync(BroadcastRequest request, DateTimeOffset now) =>
        TimedRequest.Of(request, now, options.Value.ExpireAfter, (await optOuts.RecentAsync()).Since, request.Terms.SkipKnownBad ? await unreachable.RecentAsync() : null);

    /// <summary>Why it cannot be accepted; null: it can.</summary>
    public Acceptance? Refuse(BroadcastRequest request, TimedRequest timed) =>
        timed.Errors.Any ? new(CommitResult.Untimely, Errors: timed.Errors)
        : request.Terms.MaxCost is { } most && CostEstimate.Of(timed.Recipients.Weights(request.Segments.Count), prices.Value) is var cost && !cost.IsAtMost(most)
            ? new(CommitResult.TooExpensive, Cost: cost)
        : null;
}
