using BulkSms.Profiles;
using BulkSms.Recipients;
using Microsoft.Extensions.Options;

namespace BulkSms.Estimates;

/// <summary>A wrong price of a profile is found out at start, as those of all are.</summary>
public sealed class ProfilePricesValidator : IValidateOptions<ProfileOptions>
{
    private const decimal Highest = 10;

    public ValidateOptionsResult Validate(string? name, ProfileOptions options)
    {
        var errors = options.ByName.SelectMany(profile => profile.Value.Prices
            .Where(price => !NumberRules.IsRegion(price.Key) || price.Value is < 0 or > Highest)
            .Select(price => $"{ProfileOptionsValidator.SettingOf(profile.Key, nameof(ProfileSettings.Prices))}:{price.Key} must be a price in US dollars from 0 to {Highest}, of a country in ISO 3166-1 alpha-2.")).ToArray();
        return errors.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
