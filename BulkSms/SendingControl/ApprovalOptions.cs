using System.ComponentModel.DataAnnotations;
using BulkSms.Security;
using Microsoft.Extensions.Options;

namespace BulkSms.SendingControl;

/// <summary>
/// Which broadcasts another caller has to approve before anything of them is sent. Section <c>Approval</c>; off by default. With one of the settings a broadcast whose cost is not known needs an
/// approval, whatever its size: configure the prices of the countries that you send to. Tests need none.
/// </summary>
public sealed class ApprovalOptions
{
    public const string Section = "Approval";

    /// <summary>A broadcast with more recipients needs an approval. It needs <c>Auth</c>, since approving is a role. Default none; 0 to 1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int? RequiredAboveRecipients { get; set; }

    /// <summary>A broadcast that costs more US dollars, by the configured prices, needs an approval. It needs <c>Auth</c>, since approving is a role. Default none; 0 to 1,000,000.</summary>
    [Range(0.0, 1_000_000.0)]
    public double? RequiredAboveCost { get; set; }

    /// <summary>Whether any broadcast needs an approval.</summary>
    public bool IsOn => RequiredAboveRecipients is not null || RequiredAboveCost is not null;

    /// <summary>Whether a broadcast needs an approval.</summary>
    /// <param name="recipients">How many it has.</param>
    /// <param name="cost">US dollars; null: it is not known.</param>
    public bool Asks(int recipients, decimal? cost) => IsOn && (cost is null || recipients > RequiredAboveRecipients || cost > (decimal?)RequiredAboveCost);
}

[OptionsValidator]
public sealed partial class ApprovalOptionsValidator : IValidateOptions<ApprovalOptions>;

/// <summary>Without tokens there are no roles: any holder of a key could approve.</summary>
public sealed class ApprovalNeedsAuth(IOptions<AuthOptions> auth) : IValidateOptions<ApprovalOptions>
{
    public ValidateOptionsResult Validate(string? name, ApprovalOptions options) => !options.IsOn || auth.Value.IsOn
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"{ApprovalOptions.Section}:{(options.RequiredAboveRecipients is null ? nameof(options.RequiredAboveCost) : nameof(options.RequiredAboveRecipients))} needs {AuthOptions.Section}:{nameof(AuthOptions.Authority)} and {AuthOptions.Section}:{nameof(AuthOptions.Audience)}: only a token tells who may approve.");
}
