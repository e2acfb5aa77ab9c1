using Microsoft.Extensions.Options;

namespace BulkSms.Security;

/// <summary>A budget that is no amount, or of no caller, is found out at start, not on the bill.</summary>
public sealed class CallerBudgetValidator(IOptions<AuthOptions> auth) : IValidateOptions<CallerOptions>
{
    private const decimal Highest = 1_000_000_000;

    public ValidateOptionsResult Validate(string? name, CallerOptions options)
    {
        var errors = options.MonthlyBudget.Select(budget => ErrorOf(budget.Key, budget.Value, options)).OfType<string>().ToArray();
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    // With tokens any text may be a caller: only those who issue them know.
    private string? ErrorOf(string name, decimal budget, CallerOptions options) =>
        CallerOptions.SettingOf(name, CallerOptions.MonthlyBudgetSetting) is var setting && budget is < 0 or > Highest
            ? $"{setting} must be an amount in US dollars from 0 to {Highest:0}, such as 250 or 99.50."
            : !auth.Value.IsOn && !options.KeyHashes.ContainsKey(name)
                ? $"{setting} is the budget of no caller: {CallerOptions.SettingOf(name, CallerOptions.KeyHashesSetting)} is missing. Name the caller's key there. Limits:MonthlyBudget is a budget of each caller, also of those without a name."
                : null;
}
