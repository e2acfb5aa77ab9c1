using BulkSms.Broadcasts;
using BulkSms.Broadcasts.Requests;
using BulkSms.Estimates;
using BulkSms.Security;
using BulkSms.Security.Usage;

namespace BulkSms.Api;

/// <summary>
/// Reserves what a request uses of its caller's limits, before the commit point: recipients of the day, money of the month by the estimate of now. Whatever may still be accepted stays reserved; what surely is not is given back.
/// What is canceled or fails later has been used.
/// </summary>
public sealed class ReserveUsage(CallerLimits requests, UsageDemands demands, UsageCounters counters)
{
    /// <summary>Reserves it.</summary>
    /// <returns>The reservation, or why the request is refused: then nothing is reserved.</returns>
    /// <exception cref="Exception">Storage is away: nothing is reserved.</exception>
    public async Task<(UsageReservation? Reservation, Acceptance? Refusal)> TakeAsync(BroadcastRequest request, TimedRequest timed, Caller caller)
    {
        var (asked, cost) = await demands.OfAsync(request, timed, caller);
        if (asked.FirstOrDefault(demand => demand.Limit.Kind is UsageKind.RecipientsPerDay && demand.Amount > demand.Limit.Most) is not null)
        {
            return (null, new(CommitResult.NeverWithinLimit));
        }

        if (request.Terms.IsTest && requests.TakeTest(caller) is not null)
        {
            return (null, new(CommitResult.TooManyTests));
        }

        var reservation = await counters.TakeAsync(asked);
        return reservation.Refusal is not { } refusal
            ? (reservation, null)
            : (null, new(refusal.Limit.Kind is UsageKind.MonthlyBudget ? CommitResult.OverBudget : CommitResult.OverLimit, Cost: cost, Usage: refusal));
    }

    /// <summary>Gives back what a request has reserved that surely was not accepted.</summary>
    /// <param name="reservation">What it has reserved; null: nothing.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="isRepeat">Whether another request has reserved for it before, under the same key.</param>
    /// <param name="hasKey">Whether it has taken a key: then a repeat may still be accepted, and is not counted again.</param>
    public static Task ConcludeAsync(UsageReservation? reservation, CommitResult result, bool isRepeat, bool hasKey) =>
        reservation is not null && (isRepeat || result is CommitResult.Repeated || (result is CommitResult.NotCommitted && !hasKey)) ? reservation.ReturnAsync() : Task.CompletedTask;
}
