using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention;

/// <summary>How long personal data is kept. Section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>
    /// Days after which a completed broadcast's recipients, texts and poison messages are erased and its idempotency key is forgotten; its totals stay. Default 90;
    /// 1 to 3,650.
    /// </summary>
    [Range(1, 3650)]
    public int Days { get; set; } = 90;
}

[OptionsValidator]
public sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
