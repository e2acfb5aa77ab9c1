using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using BulkSms.Common;
using BulkSms.Profiles;
using BulkSms.Twilio.Account;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>Registers everything about Twilio.</summary>
public static class TwilioServices
{
    public static IServiceCollection AddTwilio(this IServiceCollection services, IConfiguration configuration)
    {
        return services
            .AddSecrets(configuration)
            .AddTwilioHttpClient()
            .AddChecked<TwilioOptions, TwilioOptionsValidator>(configuration, TwilioOptions.Section)
            .AddChecked<WebhookOptions, WebhookOptionsValidator>(configuration, WebhookOptions.Section)
            .AddChecked<KeyVaultOptions, KeyVaultOptionsValidator>(configuration, KeyVaultOptions.Section)
            .AddSingleton<IValidateOptions<TwilioOptions>, TwilioBaseUrlValidator>()
            .AddSingleton<IValidateOptions<WebhookOptions>, PublicBaseUrlValidator>()
            .AddSingleton<IValidateOptions<ProfileOptions>, ProfileAccountsValidator>()
            .AddSingleton<ISmsSender, TwilioSmsSender>()
            .AddSingleton<CallProvider>()
            .AddSingleton<TwilioReader>()
            .AddSingleton<TwilioMessages>()
            .AddSingleton<TwilioAccount>()
            .AddSingleton<CountryPermissions>()
            .AddSingleton<SecretAges>()
            .AddSingleton<StatusCallbackUrl>()
            .AddSingleton<SignedForms>();
    }

    private static IServiceCollection AddSecrets(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetValue<Uri?>($"{KeyVaultOptions.Section}:{nameof(KeyVaultOptions.Uri)}") is { } vault)
        {
            services.AddSingleton(new SecretClient(vault, new DefaultAzureCredential(new DefaultAzureCredentialOptions
            {
                ManagedIdentityClientId = configuration["AZURE_CLIENT_ID"],
            })));
        }

        return services.AddSingleton<TwilioCredentialsSource>().AddSingleton<MakeCredentials>().AddSingleton<TwilioAccounts>().AddHostedService<TwilioCredentialsCheck>();
    }
}
