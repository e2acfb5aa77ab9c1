using Microsoft.Extensions.Options;

namespace BulkSms.Common;

/// <summary>Validates options and names each fault as it is written in configuration: <c>Twilio:MessagingServiceSid</c>, not <c>TwilioOptions.MessagingServiceSid</c>.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
/// <typeparam name="TValidator">The generated validator.</typeparam>
public sealed class SectionValidator<TOptions, TValidator>(string section) : IValidateOptions<TOptions>
    where TOptions : class
    where TValidator : class, IValidateOptions<TOptions>, new()
{
    private readonly TValidator validator = new();

    public ValidateOptionsResult Validate(string? name, TOptions options) => validator.Validate(name, options) is { Failed: true, Failures: { } faults }
        ? ValidateOptionsResult.Fail(faults.Select(fault => fault.Replace(typeof(TOptions).Name + ".", section + ":", StringComparison.Ordinal)))
        : ValidateOptionsResult.Success;
}
