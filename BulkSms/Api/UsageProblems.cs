using System.Globalization;
using BulkSms.Common;
using BulkSms.Estimates;
using BulkSms.Http;
using BulkSms.Security.Usage;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Api;

/// <summary>The answers to requests that a caller's limits do not allow.</summary>
internal static class UsageProblems
{
    /// <summary>The day's recipients are used up, or this would be too many.</summary>
    public static IResult TooManyRecipients(UsageState state, DateTimeOffset now) => Problems.TooMany(
        "recipients", state.RenewsAt - now, string.Create(
            CultureInfo.InvariantCulture,
            $"Nothing was accepted. {state.Limit.Setting} is {state.Limit.Most}, and {state.Left} of it {(state.Left == 1 ? "is" : "are")} left until {UtcTime.Write(state.RenewsAt)}. Send it again after that, or to fewer recipients."));

    /// <summary>It may cost more than is left of the month's budget.</summary>
    public static IResult OverBudget(UsageState state, CostEstimate cost)
    {
        var (limit, estimate) = (LimitView.Of(state), CostView.Of(cost, maxCost: null));
        return Problems.Of(
            "budget-exceeded", "The broadcast may cost more than is left of the month's budget.", StatusCodes.Status422UnprocessableEntity,
            string.Create(CultureInfo.InvariantCulture, $"Nothing was accepted. {Reason(limit, estimate)}"), ("estimate", estimate), ("budget", limit));
    }

    private static string Reason(LimitView limit, CostView estimate)
    {
        var budget = string.Create(
            CultureInfo.InvariantCulture,
            $"{limit.Setting} is {limit.Most} {estimate.Currency}: {limit.Used} is spent this month, and {limit.Left} is left until {UtcTime.Write(limit.RenewsAt)}.");
        return estimate.Total is not { } total
            ? $"T{estimate.WhyUnknown()[1..]}. {budget} {(estimate.UnknownBecause is null ? "Configure the price, import prices, or leave these recipients out." : $"Send it without {estimate.UnknownBecause}, or by a caller or profile without a budget.")}"
            : string.Create(CultureInfo.InvariantCulture, $"The estimate is {total} {estimate.Currency}. {budget} {(total > limit.Most
                ? "Waiting does not help: split the broadcast over several months, or have the budget raised."
                : "Send it after that, or to fewer recipients, or have the budget raised.")}");
    }
}
