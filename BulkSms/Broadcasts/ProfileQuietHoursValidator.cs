using BulkSms.Profiles;
using Microsoft.Extensions.Options;

namespace BulkSms.Broadcasts;

/// <summary>Hours that cannot be read would be none, and people would be texted at night.</summary>
public sealed class ProfileQuietHoursValidator : IValidateOptions<ProfileOptions>
{
    public ValidateOptionsResult Validate(string? name, ProfileOptions options)
    {
        var errors = options.ByName
            .Where(each => each.Value.QuietHours is { } text && !(QuietHours.Parse(text) is { } hours && hours.From != hours.To))
            .Select(each => $"{ProfileOptionsValidator.SettingOf(each.Key, nameof(ProfileSettings.QuietHours))} must be two times of day and, if you like, a time zone, such as 21:00-08:00 Europe/Berlin.")
            .ToArray();
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
