using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Estimates;
using BulkSms.OptOuts;
using BulkSms.Unreachable;
using Microsoft.Extensions.Options;

namespace BulkSms.Api;

/// <summary>What a request comes to now: whom it reaches, when, and at what price; and whether it was accepted before.</summary>
public sealed class CheckBroadcast(OptOutCache optOuts, UnreachableNumbers unreachable, RecentTexts texts, ApprovalRule approval, CurrentPrices prices, IOptions<BroadcastOptions> options)
{
    /// <summary>The request at a moment, without those who have opted out.</summary>
    public async Task<TimedRequest> AtAsync(BroadcastRequest request, DateTimeOffset now) =>
        TimedRequest.Of(request, now, options.Value.ExpireAfter, (await optOuts.RecentAsync()).Since, request.Terms.SkipKnownBad ? await unreachable.RecentAsync() : null);

    /// <summary>Whether it is accepted only if the same text to the same list was not within a day. A key says that each request is meant; so does the request itself.</summary>
    public static bool MustBeFirst(BroadcastRequest request, TimedRequest timed, IdempotencyKey? key) =>
        key is null && !request.Terms.ConfirmRepeat && !request.Terms.IsTest && timed.Recipients.Count > RecentTexts.MostUnconfirmed;

    /// <summary>The approval that it needs, which is still to come; null: it needs none.</summary>
    public async ValueTask<Approval?> ApprovalOfAsync(BroadcastRequest request, TimedRequest timed) => await approval.AsksAsync(request, timed) ? new(ApprovalStatus.Awaiting) : null;

    /// <summary>Why it cannot be accepted; null: it can.</summary>
    public async Task<Acceptance?> RefuseAsync(BroadcastRequest request, TimedRequest timed, IdempotencyKey? key) =>
        timed.Errors.Any ? new(CommitResult.Untimely, Errors: timed.Errors)
        : request.Terms.IsTest && timed.OptedOut > 0 ? new(CommitResult.OptedOut)
        : request.Terms.MaxCost is { } most && CostEstimate.Of(timed.Recipients.Weights(request.Segments.Count), (await prices.GetAsync()).For(request.Terms.Profile, request.Terms.Extras)) is var cost && !cost.IsAtMost(most)
            ? new(CommitResult.TooExpensive, Cost: cost)
        : MustBeFirst(request, timed, key) && await texts.FindAsync(request.TextKey, CancellationToken.None) is { } before ? new(CommitResult.Repeated, Before: before)
        : null;
}
