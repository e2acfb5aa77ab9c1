using Microsoft.Extensions.Options;

namespace BulkSms.Storage;

/// <summary>What the app does with its storage account besides using it. Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>
    /// Whether tables, queues and containers that are missing are made at start. False where the infrastructure makes them and the app's identity has a role only on those that it
    /// uses, as with <c>infra/</c>. Default true.
    /// </summary>
    public bool CreateMissing { get; set; } = true;
}

/// <summary>Both values are good.</summary>
public sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) => ValidateOptionsResult.Success;
}
