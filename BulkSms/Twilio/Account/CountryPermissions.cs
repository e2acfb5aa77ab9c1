namespace BulkSms.Twilio.Account;

/// <summary>
/// The countries that the account may text, kept for some minutes: a preview asks at most once in that time. It belongs to the credentials that it was asked with: others ask
/// anew. What is not known says nothing.
/// </summary>
public sealed class CountryPermissions(TwilioAccount account, TwilioCredentialsSource credentials, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    /// <summary>How long it is not asked again after there was no answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>How long a caller waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim asking = new(1);
    private volatile Kept? kept;

    /// <summary>What is known; null: nothing.</summary>
    public async ValueTask<PermissionFact?> KnownAsync(CancellationToken cancellation)
    {
        if (await credentials.TryGetAsync(cancellation) is not { } own)
        {
            return null;
        }

        if (Fresh(own) is { } fresh)
        {
            return fresh.Permissions;
        }

        if (!await asking.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            return kept is { } before && before.Of == own ? before.Permissions : null; // another caller asks
        }

        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            var answer = await account.PermissionsAsync(own, [], patience.Token);
            kept = new(own, answer.Value, time.GetUtcNow() + (answer.IsKnown ? KeptFor : Pause));
            return answer.Value;
        }
        finally
        {
            asking.Release();
        }
    }

    public void Dispose() => asking.Dispose();

    private Kept? Fresh(TwilioCredentials own) => kept is { } known && known.Of == own && known.Until > time.GetUtcNow() ? known : null;

    private sealed record Kept(TwilioCredentials Of, PermissionFact? Permissions, DateTimeOffset Until);
}
