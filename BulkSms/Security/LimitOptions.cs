using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Security;

/// <summary>
/// How much one caller may ask. Each instance counts requests and tests for itself; recipients and money are counted by all instances together, in days and months of UTC. Section <c>Limits</c>.
/// </summary>
public sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>
    /// Requests a minute, in a window that slides by ten seconds. Suspend, pause, cancel, opt-out and readiness have as many each for themselves. Default 6,000;
    /// 1 to 1,000,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 6000;

    /// <summary>Recipients of accepted broadcasts a day, from midnight to midnight in UTC. Default 1,000,000; 1 to 1,000,000,000.</summary>
    [Range(1, 1_000_000_000)]
    public int RecipientsPerDay { get; set; } = 1_000_000;

    /// <summary>
    /// US dollars that each caller's accepted broadcasts may cost a calendar month of UTC, by their estimates. <c>Callers__{name}__MonthlyBudget</c> is that of one caller. Default none; 0 to 1,000,000,000.
    /// </summary>
    [Range(0.0, 1_000_000_000.0)]
    public decimal? MonthlyBudget { get; set; }

    /// <summary>Tests a minute (<c>POST /v1/broadcasts/test</c>): texts to any number, outside the lists and statistics. Default 10; 1 to 1,000.</summary>
    [Range(1, 1000)]
    public int TestsPerMinute { get; set; } = 10;
}

[OptionsValidator]
public sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
