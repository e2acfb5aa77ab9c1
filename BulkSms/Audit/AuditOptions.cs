using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Audit;

/// <summary>How long it is known who did what. Section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>Days after which an entry of the audit log is deleted. Default 400; 1 to 3,650.</summary>
    [Range(1, 3650)]
    public int Days { get; set; } = 400;
}

[OptionsValidator]
public sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
