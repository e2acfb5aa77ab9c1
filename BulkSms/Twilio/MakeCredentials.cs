using System.Diagnostics.Metrics;
using Azure.Security.KeyVault.Secrets;
using BulkSms.Profiles;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>Makes what reads the credentials of a profile that has an account of its own.</summary>
public sealed class MakeCredentials(
    IOptions<TwilioOptions> twilio, IOptions<KeyVaultOptions> options, TimeProvider time, ILogger<TwilioCredentialsSource> logger, IMeterFactory? meters = null, SecretClient? vault = null)
{
    public TwilioCredentialsSource New(Profile profile) => new(twilio, options, time, logger, vault, meters, profile);
}
