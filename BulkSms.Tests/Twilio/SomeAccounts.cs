using BulkSms.Profiles;
using BulkSms.Twilio;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Twilio;

/// <summary>Accounts without an app around them.</summary>
internal static class SomeAccounts
{
    /// <summary>The account of the section Twilio, and those of profiles.</summary>
    public static TwilioAccounts Of(TwilioCredentialsSource own, TimeProvider time, params (string Name, ProfileSettings Settings)[] profiles)
    {
        var options = new ProfileOptions();
        foreach (var (name, settings) in profiles)
        {
            options.ByName[name] = settings;
        }

        var twilio = Options.Create(new TwilioOptions { MessagingServiceSid = "MG0" });
        return new(new(Options.Create(options)), own, new(twilio, Options.Create(new KeyVaultOptions()), time, NullLogger<TwilioCredentialsSource>.Instance), twilio);
    }
}
