using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>Where Twilio's credentials are kept. Section <c>KeyVault</c>.</summary>
public sealed class KeyVaultOptions
{
    public const string Section = "KeyVault";

    /// <summary>The vault, such as https://my-vault.vault.azure.net. Default none: the credentials are configuration.</summary>
    public Uri? Uri { get; set; }

    /// <summary>Name of the secret that holds the account SID. Default <c>TwilioAccountSid</c>.</summary>
    [Required, RegularExpression("^[0-9a-zA-Z-]{1,127}$")]
    public string AccountSidSecret { get; set; } = "TwilioAccountSid";

    /// <summary>Name of the secret that holds the auth token. Default <c>TwilioAuthToken</c>.</summary>
    [Required, RegularExpression("^[0-9a-zA-Z-]{1,127}$")]
    public string AuthTokenSecret { get; set; } = "TwilioAuthToken";

    /// <summary>
    /// How long secrets are used before they are read again. When the vault is away, the last ones go on. When Twilio refuses them (20003) they are read at once, and the call is made
    /// once more. Default 5 min; 10 s to 24 h.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromMinutes(5);
}

[OptionsValidator]
public sealed partial class KeyVaultOptionsValidator : IValidateOptions<KeyVaultOptions>;
