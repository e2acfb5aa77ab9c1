using BulkSms.Profiles;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>A profile has a Messaging Service of its own, and an account of its own whole or not at all. What is wrong with the other sections they say themselves.</summary>
public sealed class ProfileAccountsValidator(IOptions<TwilioOptions> twilio, IOptions<KeyVaultOptions> vault) : IValidateOptions<ProfileOptions>
{
    public ValidateOptionsResult Validate(string? name, ProfileOptions options)
    {
        string[] errors;
        try
        {
            errors = [.. options.ByName.Where(each => !Profile.IsDefaultName(each.Key)).SelectMany(each => ErrorsOf(each.Key, each.Value))];
        }
        catch (OptionsValidationException)
        {
            return ValidateOptionsResult.Success;
        }

        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> ErrorsOf(string name, ProfileSettings settings)
    {
        string Setting(string setting) => ProfileOptionsValidator.SettingOf(name, setting);
        if (twilio.Value.MessagingServiceSid.Equals(settings.MessagingServiceSid, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{Setting(nameof(settings.MessagingServiceSid))} and {TwilioOptions.Section}:{nameof(TwilioOptions.MessagingServiceSid)}: the same Messaging Service is given twice. It has one rate, so it belongs to one profile.";
        }

        if (settings.HasAccount && !(Has(settings.AccountSid) ^ Has(settings.AccountSidSecret)))
        {
            yield return $"{Setting(nameof(settings.AccountSid))} or {Setting(nameof(settings.AccountSidSecret))} is required, one of the two: the profile has credentials of its own.";
        }

        if (settings.HasAccount && !(Has(settings.AuthToken) ^ Has(settings.AuthTokenSecret)))
        {
            yield return $"{Setting(nameof(settings.AuthToken))} or {Setting(nameof(settings.AuthTokenSecret))} is required, one of the two: the profile has an account of its own.";
        }

        if (vault.Value.Uri is null && (Has(settings.AccountSidSecret) || Has(settings.AuthTokenSecret)))
        {
            yield return $"{Setting(Has(settings.AccountSidSecret) ? nameof(settings.AccountSidSecret) : nameof(settings.AuthTokenSecret))} needs {KeyVaultOptions.Section}:{nameof(KeyVaultOptions.Uri)}.";
        }
    }

    private static bool Has(string? setting) => !string.IsNullOrWhiteSpace(setting);
}
