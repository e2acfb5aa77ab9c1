using Azure.Security.KeyVault.Secrets;
using BulkSms.Profiles;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio.Account;

/// <summary>How old Twilio's auth token is, as the vault knows it; not the token.</summary>
/// <param name="CreatedAt">When this version was written; null: the vault does not say.</param>
/// <param name="ExpiresAt">When it is to be replaced; null: never.</param>
public sealed record SecretFact(DateTimeOffset? CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>Asks the vault for the age of the auth token. To read a secret is all that the app's role allows, so its value comes along and is dropped.</summary>
public sealed class SecretAges(IOptions<KeyVaultOptions> options, SecretClient? vault = null)
{
    /// <summary>Whether there is a vault to ask.</summary>
    public bool HasVault => vault is not null;

    /// <param name="profile">Whose.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<Asked<SecretFact>> AuthTokenAsync(Profile profile, CancellationToken cancellation)
    {
        var name = profile.Settings.HasAccount && !profile.IsDefault ? profile.Settings.AuthTokenSecret : options.Value.AuthTokenSecret;
        if (vault is null || name is null)
        {
            return Asked.Unknown<SecretFact>("The credentials come from configuration, which does not say how old they are.");
        }

        try
        {
            var secret = (await vault.GetSecretAsync(name, cancellationToken: cancellation)).Value.Properties;
            return Asked.Known<SecretFact>(new(secret.CreatedOn, secret.ExpiresOn));
        }
        catch (Exception)
        {
            return Asked.Unknown<SecretFact>("Key Vault did not answer.");
        }
    }
}
