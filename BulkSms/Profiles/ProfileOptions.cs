using Microsoft.Extensions.Configuration;

namespace BulkSms.Profiles;

/// <summary>
/// Named ways to send beside the profile <c>default</c>, which is <c>Twilio</c> and <c>Sending</c>. Section <c>Profiles</c>: <c>Profiles__alerts__MessagingServiceSid</c> makes the profile <c>alerts</c>.
/// </summary>
public sealed class ProfileOptions
{
    public const string Section = "Profiles";

    /// <summary>A profile: 1 to 32 letters, digits, dots, hyphens and underscores; case does not count. Of <c>default</c> only <c>Roles</c>, <c>QuietHours</c> and <c>MonthlyBudget</c> can be set here.</summary>
    public IDictionary<string, ProfileSettings> ByName { get; } = new Dictionary<string, ProfileSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the profiles of a configuration section. A setting without a profile's name is none: the check of all settings' names tells.</summary>
    public void Take(IConfigurationSection section)
    {
        foreach (var profile in section.GetChildren().Where(each => each.Value is null))
        {
            var settings = new ProfileSettings();
            profile.Bind(settings);
            ByName[profile.Key] = settings;
        }
    }
}
