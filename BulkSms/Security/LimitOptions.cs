using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Security;

/// <summary>How much one caller may ask of one instance. Section <c>Limits</c>.</summary>
public sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>
    /// Requests a minute, in a window that slides by ten seconds. Suspend, pause, cancel, opt-out and readiness have as many each for themselves. Default 6,000;
    /// 1 to 1,000,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 6000;

    /// <summary>Recipients of accepted broadcasts a day, from the first one on. Default 1,000,000; 1 to 1,000,000,000.</summary>
    [Range(1, 1_000_000_000)]
    public int RecipientsPerDay { get; set; } = 1_000_000;

    /// <summary>Tests a minute (<c>POST /v1/broadcasts/test</c>): texts to any number, outside the lists and statistics. Default 10; 1 to 1,000.</summary>
    [Range(1, 1000)]
    public int TestsPerMinute { get; set; } = 10;
}

[OptionsValidator]
public sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
