using System.Runtime.ExceptionServices;
using BulkSms.Profiles;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>
/// The Twilio accounts of this app. Which credentials a profile has, and which an account, is answered here alone: a message is sent, asked for and believed by the account that it was
/// accepted for, and by no other.
/// </summary>
/// <param name="profiles">The profiles.</param>
/// <param name="own">The credentials of the section <c>Twilio</c>, which each profile has that has none of its own.</param>
/// <param name="make">Makes those of the others.</param>
/// <param name="twilio">The Messaging Service of the profile <c>default</c>.</param>
public sealed class TwilioAccounts(ProfileCatalog profiles, TwilioCredentialsSource own, MakeCredentials make, IOptions<TwilioOptions> twilio) : IDisposable
{
    private readonly Lazy<Dictionary<string, TwilioCredentialsSource>> others = new(() => profiles.All
        .Where(profile => profile.Settings.HasAccount && !profile.IsDefault)
        .ToDictionary(profile => profile.Name, make.New, StringComparer.OrdinalIgnoreCase));

    /// <summary>The profiles.</summary>
    public ProfileCatalog Profiles => profiles;

    /// <summary>What reads the credentials of each account, that of <c>Twilio</c> first.</summary>
    public IEnumerable<TwilioCredentialsSource> Sources => others.Value.Values.Prepend(own);

    /// <summary>The Messaging Service that a profile sends with.</summary>
    public string ServiceOf(Profile profile) => profile.Settings.MessagingServiceSid ?? twilio.Value.MessagingServiceSid;

    /// <summary>What reads a profile's credentials.</summary>
    public TwilioCredentialsSource Of(Profile profile) => others.Value.GetValueOrDefault(profile.Name) ?? own;

    /// <summary>Whether this app sends what was accepted for a profile and an account; null: that cannot be told now.</summary>
    /// <param name="profile">The profile's name; null: <c>default</c>.</param>
    /// <param name="account">The account's SID.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<bool?> HasAsync(string? profile, string account, CancellationToken cancellation) =>
        profiles.Find(profile) is not { } known ? false
        : await Of(known).TryGetAsync(cancellation) is { } mine ? mine.AccountSid == account
        : null;

    /// <summary>The credentials of an account; null: it is none of ours.</summary>
    /// <exception cref="Exception">It is none that is known, and credentials cannot be read now that may be its own.</exception>
    public async ValueTask<TwilioCredentials?> FindAsync(string? account, CancellationToken cancellation)
    {
        Exception? unread = null;
        foreach (var source in Sources)
        {
            try
            {
                if (await source.GetAsync(cancellation) is { } found && found.AccountSid == account)
                {
                    return found;
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                unread ??= e;
            }
        }

        if (unread is not null)
        {
            ExceptionDispatchInfo.Throw(unread);
        }

        return null;
    }

    /// <summary>Other credentials in place of those that were refused: see <see cref="TwilioCredentialsSource.RenewAsync"/>.</summary>
    public async Task<TwilioCredentials> RenewAsync(TwilioCredentials refused, DateTimeOffset readBefore)
    {
        foreach (var source in Sources.Where(each => each.Last?.AccountSid == refused.AccountSid).DefaultIfEmpty(own))
        {
            if (await source.RenewAsync(refused, readBefore) is var renewed && renewed != refused)
            {
                return renewed;
            }
        }

        return refused;
    }

    public void Dispose()
    {
        if (others.IsValueCreated)
        {
            foreach (var source in others.Value.Values)
            {
                source.Dispose();
            }
        }
    }
}
