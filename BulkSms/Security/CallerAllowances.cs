using BulkSms.Security.Usage;
using Microsoft.Extensions.Options;

namespace BulkSms.Security;

/// <summary>How much a caller may send, by the settings.</summary>
public sealed class CallerAllowances(IOptions<LimitOptions> limits, IOptions<CallerOptions> callers)
{
    /// <summary>Recipients a day.</summary>
    public UsageLimit RecipientsOf(Caller caller) =>
        new(UsageKind.RecipientsPerDay, caller.Id, $"{LimitOptions.Section}:{nameof(LimitOptions.RecipientsPerDay)}", limits.Value.RecipientsPerDay);

    /// <summary>Money a month: the caller's own budget, else that of each caller; null: there is none.</summary>
    public UsageLimit? BudgetOf(Caller caller) =>
        callers.Value.MonthlyBudget.TryGetValue(caller.Name, out var own) ? Budget(caller, CallerOptions.SettingOf(caller.Name, CallerOptions.MonthlyBudgetSetting), own)
        : limits.Value.MonthlyBudget is { } each ? Budget(caller, $"{LimitOptions.Section}:{nameof(LimitOptions.MonthlyBudget)}", each)
        : null;

    private static UsageLimit Budget(Caller caller, string setting, decimal most) => new(UsageKind.MonthlyBudget, caller.Id, setting, UsageLimit.Millionths(most));
}
