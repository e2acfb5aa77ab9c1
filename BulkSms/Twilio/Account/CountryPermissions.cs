using System.Collections.Concurrent;
using BulkSms.Profiles;

namespace BulkSms.Twilio.Account;

/// <summary>
/// The countries that an account may text, kept for some minutes: a preview asks at most once in that time. What is known belongs to the credentials that it was asked with: others ask
/// anew. What is not known says nothing.
/// </summary>
public sealed class CountryPermissions(TwilioAccount account, TwilioAccounts accounts, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    /// <summary>How long it is not asked again after there was no answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>How long a caller waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim asking = new(1);
    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal); // by account

    /// <summary>What is known of a profile's account; null: nothing.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<PermissionFact?> KnownAsync(Profile profile, CancellationToken cancellation)
    {
        if (await accounts.Of(profile).TryGetAsync(cancellation) is not { } own)
        {
            return null;
        }

        if (Fresh(own) is { } fresh)
        {
            return fresh.Permissions;
        }

        if (!await asking.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            return Of(own)?.Permissions; // another caller asks
        }

        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            var answer = await account.PermissionsAsync(own, [], patience.Token);
            kept[own.AccountSid] = new(own, answer.Value, time.GetUtcNow() + (answer.IsKnown ? KeptFor : Pause));
            return answer.Value;
        }
        finally
        {
            asking.Release();
        }
    }

    public void Dispose() => asking.Dispose();

    private Kept? Fresh(TwilioCredentials own) => Of(own) is { } known && known.Until > time.GetUtcNow() ? known : null;

    private Kept? Of(TwilioCredentials own) => kept.GetValueOrDefault(own.AccountSid) is { } known && known.Of == own ? known : null;

    private sealed record Kept(TwilioCredentials Of, PermissionFact? Permissions, DateTimeOffset Until);
}
