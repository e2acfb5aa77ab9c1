using System.Text.Json;
using System.Text.Json.Serialization;
using BulkSms.Security.Usage;

namespace BulkSms.Estimates;

/// <summary>How much of a limit is used.</summary>
/// <param name="Kind">What is counted: <c>recipientsPerDay</c>, or <c>monthlyBudget</c> in US dollars.</param>
/// <param name="Setting">The setting that says how much.</param>
/// <param name="Most">How much.</param>
/// <param name="Used">How much of it is used, by all instances.</param>
/// <param name="Left">How much is left.</param>
/// <param name="RenewsAt">When it begins anew.</param>
/// <param name="Fits">Whether the broadcast of a preview fits in what is left; false also when its cost is not known. Null: it is not asked.</param>
public sealed record LimitView(
    string Kind,
    string Setting,
    decimal Most,
    decimal Used,
    decimal Left,
    DateTimeOffset RenewsAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Fits = null)
{
    public static LimitView Of(UsageState state) => new(
        JsonNamingPolicy.CamelCase.ConvertName(state.Limit.Kind.ToString()),
        state.Limit.Setting,
        Shown(state, state.Limit.Most),
        Shown(state, state.Used),
        Shown(state, state.Left),
        state.RenewsAt);

    /// <summary>With whether a demand fits.</summary>
    public static LimitView Of(UsageState state, UsageDemand demand) => Of(state) with { Fits = demand.Amount <= state.Left };

    private static decimal Shown(UsageState state, long number) => Amount.Short(state.Limit.Shown(number))!.Value;
}
