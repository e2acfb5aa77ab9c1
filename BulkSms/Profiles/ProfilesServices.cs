using BulkSms.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Profiles;

/// <summary>Registers the profiles.</summary>
public static class ProfilesServices
{
    public static IServiceCollection AddProfiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProfileOptions>().Configure(profiles => profiles.Take(configuration.GetSection(ProfileOptions.Section))).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<ProfileOptions>, ProfileOptionsValidator>()
            .AddSingleton(new KnownSection(ProfileOptions.Section, [.. KnownSection.Of<ProfileSettings>(ProfileOptions.Section).Settings.Select(setting => $"*:{setting}")]))
            .AddSingleton<ProfileCatalog>();
    }
}
