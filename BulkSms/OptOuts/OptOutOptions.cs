using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.OptOuts;

/// <summary>How large an imported list may be. Section <c>OptOuts</c>.</summary>
public sealed class OptOutOptions
{
    public const string Section = "OptOuts";

    /// <summary>Most numbers in one import, duplicates included. Default 10,000; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int MaxImport { get; set; } = 10_000;

    /// <summary>Largest body of an import in bytes. Default 1 MiB; 1 KiB to 16 MiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 1024 * 1024;
}

[OptionsValidator]
public sealed partial class OptOutOptionsValidator : IValidateOptions<OptOutOptions>;
