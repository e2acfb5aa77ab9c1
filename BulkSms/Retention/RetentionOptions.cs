using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Retention;

/// <summary>How long personal data is kept. Section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>
    /// Days after which a completed broadcast's recipients, texts and poison messages are erased and its idempotency key is forgotten (not before <c>Broadcasts:IdempotencyKeyLifetime</c>); its totals stay. Default 90;
    /// 1 to 3,650.
    /// </summary>
    [Range(1, 3650)]
    public int Days { get; set; } = 90;

    /// <summary>
    /// How long a broadcast must have been completed before it may be erased, by storage's clock: an instance that was frozen while it fanned out must find the rows
    /// that are there, or see that they were erased. 0 only where nothing else runs. Default 1 min; 0 to 1 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan EraseAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long what was read of a broadcast may be trusted not to have been erased: far less than <see cref="EraseAfter"/>.</summary>
    internal TimeSpan TrustedFor() => EraseAfter / 3;
}

[OptionsValidator]
public sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
