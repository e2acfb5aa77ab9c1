using System.Text.RegularExpressions;
using BulkSms.Security;
using Microsoft.Extensions.Options;

namespace BulkSms.Profiles;

/// <summary>Names each error by its setting. What the accounts of profiles must be is the business of the folder that knows them.</summary>
public sealed partial class ProfileOptionsValidator(IOptions<AuthOptions> auth) : IValidateOptions<ProfileOptions>
{
    private const string OwnRoles = "Profile.";
    private static readonly string[] KnownRoles = [CallerRoles.Send, CallerRoles.SendHigh, CallerRoles.Read, CallerRoles.Approve, CallerRoles.Manage];
    private readonly ProfileSettingsValidator ofOne = new();

    public ValidateOptionsResult Validate(string? name, ProfileOptions options)
    {
        var errors = options.ByName.SelectMany(each => ErrorsOf(each.Key, each.Value)).Concat(ErrorsOfDuplicates(options)).ToArray();
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>How a setting of a profile is written.</summary>
    public static string SettingOf(string profile, string setting) => $"{ProfileOptions.Section}:{profile}:{setting}";

    private IEnumerable<string> ErrorsOf(string name, ProfileSettings settings)
    {
        var service = SettingOf(name, nameof(settings.MessagingServiceSid));
        if (!Name().IsMatch(name))
        {
            yield return $"{ProfileOptions.Section}:{name}: a profile's name must be 1 to 32 letters, digits, dots, hyphens and underscores, and begin with a letter or digit.";
        }

        foreach (var fault in ofOne.Validate(null, settings) is { Failed: true, Failures: { } faults } ? faults : [])
        {
            yield return fault.Replace($"{nameof(ProfileSettings)}.", $"{ProfileOptions.Section}:{name}:", StringComparison.Ordinal);
        }

        foreach (var role in settings.EachRole.Where(role => !KnownRoles.Contains(role, StringComparer.Ordinal) && !OwnRole().IsMatch(role)))
        {
            yield return $"{SettingOf(name, nameof(settings.Roles))}: {role} is no role. It must be {string.Join(", ", KnownRoles)}, or one of yours that begins with {OwnRoles}, such as {OwnRoles}Alerts.";
        }

        if (settings.EachRole.Count > 0 && !IsAuthOn)
        {
            yield return $"{SettingOf(name, nameof(settings.Roles))} needs {AuthOptions.Section}:{nameof(AuthOptions.Authority)} and {AuthOptions.Section}:{nameof(AuthOptions.Audience)}: only a token has roles.";
        }

        if (!Profile.IsDefaultName(name))
        {
            if (string.IsNullOrEmpty(settings.MessagingServiceSid))
            {
                yield return $"{service} is required: the Messaging Service that the profile sends with.";
            }
        }
        else
        {
            foreach (var (setting, instead) in SetElsewhere(settings))
            {
                yield return $"{SettingOf(name, setting)} cannot be set: of the profile {Profile.DefaultName} it is {instead}.";
            }
        }
    }

    // Auth that is itself wrong has an error of its own.
    private bool IsAuthOn
    {
        get
        {
            try
            {
                return auth.Value.IsOn;
            }
            catch (OptionsValidationException)
            {
                return true;
            }
        }
    }

    private static IEnumerable<(string Setting, string Instead)> SetElsewhere(ProfileSettings settings)
    {
        if (settings.MessagingServiceSid is not null)
        {
            yield return (nameof(settings.MessagingServiceSid), "Twilio:MessagingServiceSid");
        }

        if (settings.HasAccount)
        {
            yield return (settings.AccountSid is not null ? nameof(settings.AccountSid) : settings.AccountSidSecret is not null ? nameof(settings.AccountSidSecret)
                : settings.AuthToken is not null ? nameof(settings.AuthToken) : nameof(settings.AuthTokenSecret), "Twilio:AccountSid and Twilio:AuthToken, or the secrets that KeyVault names");
        }

        if (settings.SegmentsPerSecond is not null)
        {
            yield return (nameof(settings.SegmentsPerSecond), "Sending:SegmentsPerSecond");
        }

        if (settings.MaxConcurrency is not null)
        {
            yield return (nameof(settings.MaxConcurrency), "Sending:MaxConcurrency");
        }

        if (settings.SmartEncoding is not null)
        {
            yield return (nameof(settings.SmartEncoding), "Broadcasts:SmartEncoding");
        }

        if (settings.Prices.Count > 0)
        {
            yield return (nameof(settings.Prices), "Prices");
        }
    }

    private static IEnumerable<string> ErrorsOfDuplicates(ProfileOptions options) =>
        from each in options.ByName
        where !string.IsNullOrEmpty(each.Value.MessagingServiceSid)
        group each.Key by each.Value.MessagingServiceSid!.ToUpperInvariant() into names
        where names.Skip(1).Any()
        select $"{string.Join(" and ", names.Order(StringComparer.Ordinal).Select(name => SettingOf(name, nameof(ProfileSettings.MessagingServiceSid))))}: the same Messaging Service is given twice. It has one rate, so it belongs to one profile.";

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^Profile\.[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnRole();
}
