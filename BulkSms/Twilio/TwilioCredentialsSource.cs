using System.Diagnostics.Metrics;
using Azure.Security.KeyVault.Secrets;
using BulkSms.Profiles;
using BulkSms.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>
/// The credentials of one Twilio account: from Key Vault, read again every few minutes, or from configuration. When the vault does not answer, the ones read before go on.
/// </summary>
/// <param name="twilio">The credentials when there is no vault.</param>
/// <param name="options">Names of the secrets.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where a failed refresh is told.</param>
/// <param name="vault">The vault; null when none is configured.</param>
/// <param name="meters">Where failures are counted.</param>
/// <param name="profile">The profile whose own account it is; null: the account of the section <c>Twilio</c>.</param>
public sealed partial class TwilioCredentialsSource(
    IOptions<TwilioOptions> twilio,
    IOptions<KeyVaultOptions> options,
    TimeProvider time,
    ILogger<TwilioCredentialsSource> logger,
    SecretClient? vault = null,
    IMeterFactory? meters = null,
    Profile? profile = null) : IDisposable
{
    /// <summary>How long a renewal may take: a worker holds a claim meanwhile.</summary>
    private static readonly TimeSpan RenewalPatience = TimeSpan.FromSeconds(5);

    /// <summary>Age of credentials at which a refused caller that holds no claim may have them read again: forged or repeated calls read the vault no more often.</summary>
    public static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(10);

    private readonly Counter<long>? failures = meters?.Create(BulkSmsTelemetry.Name)
        .CreateCounter<long>("bulksms.vault.failures", "{read}", "Readings of Key Vault that failed, while the credentials read before went on");
    private readonly SemaphoreSlim refreshing = new(1);
    private volatile Cached? cached;

    /// <summary>What was read last; null: nothing yet.</summary>
    public TwilioCredentials? Last => cached?.Credentials;

    private bool IsKept => vault is not null && (profile is null || profile.Settings.AccountSidSecret is not null || profile.Settings.AuthTokenSecret is not null);

    /// <summary>The credentials to use now.</summary>
    /// <exception cref="InvalidOperationException">One is missing; the message names it.</exception>
    public ValueTask<TwilioCredentials> GetAsync(CancellationToken cancellation) =>
        cached is { } fresh && fresh.Until > time.GetUtcNow() ? new(fresh.Credentials) : new(RefreshAsync(cancellation));

    /// <summary>The same, or null when they cannot be had now.</summary>
    public async ValueTask<TwilioCredentials?> TryGetAsync(CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            return null; // the sender will say so
        }
    }

    /// <summary>
    /// Other credentials in place of those that were refused, read at once if those known were read before a time. Of all who ask at the same time one reads.
    /// </summary>
    /// <param name="refused">What did not do.</param>
    /// <param name="readBefore">What was read later is as good as it gets.</param>
    /// <returns>The same as were refused when there are no others, or the vault does not answer within 5 s.</returns>
    public async Task<TwilioCredentials> RenewAsync(TwilioCredentials refused, DateTimeOffset readBefore)
    {
        if (!IsKept)
        {
            return refused;
        }

        using var patience = new CancellationTokenSource(RenewalPatience, time);
        try
        {
            await refreshing.WaitAsync(patience.Token);
            try
            {
                return cached is { } known && (known.Credentials != refused || known.ReadAt >= readBefore) ? known.Credentials : await ReadAsync(patience.Token);
            }
            finally
            {
                refreshing.Release();
            }
        }
        catch (Exception e)
        {
            failures?.Add(1);
            Log.OldSecretsGoOn(logger, e.GetType().Name); // patience has ended, in whatever words: the caller may hold a claim, and must come to its end
            return refused;
        }
    }

    private async Task<TwilioCredentials> RefreshAsync(CancellationToken cancellation)
    {
        await refreshing.WaitAsync(cancellation);
        try
        {
            if (cached is { } fresh && fresh.Until > time.GetUtcNow())
            {
                return fresh.Credentials;
            }

            return await ReadAsync(cancellation);
        }
        finally
        {
            refreshing.Release();
        }
    }

    private async Task<TwilioCredentials> ReadAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var credentials = IsKept ? await FromVaultOrBeforeAsync(vault!, cancellation) : FromConfiguration();
        cached = new(credentials, now, !IsKept ? DateTimeOffset.MaxValue : now + options.Value.CacheFor);
        return credentials;
    }

    private TwilioCredentials FromConfiguration() => profile is null
        ? new(Required(twilio.Value.AccountSid, "Twilio:AccountSid"), Required(twilio.Value.AuthToken, "Twilio:AuthToken"))
        : new(OfProfile(profile.Settings.AccountSid, nameof(ProfileSettings.AccountSid)), OfProfile(profile.Settings.AuthToken, nameof(ProfileSettings.AuthToken)));

    private string OfProfile(string? value, string setting) => Required(value, ProfileOptionsValidator.SettingOf(profile!.Name, setting));

    private async Task<TwilioCredentials> FromVaultOrBeforeAsync(SecretClient client, CancellationToken cancellation)
    {
        try
        {
            var (sidSecret, tokenSecret) = profile is null
                ? (options.Value.AccountSidSecret, options.Value.AuthTokenSecret)
                : (profile.Settings.AccountSidSecret, profile.Settings.AuthTokenSecret);
            var sid = sidSecret is null ? OfProfile(profile!.Settings.AccountSid, nameof(ProfileSettings.AccountSid)) : await SecretAsync(client, sidSecret, cancellation);
            return new(sid, tokenSecret is null ? OfProfile(profile!.Settings.AuthToken, nameof(ProfileSettings.AuthToken)) : await SecretAsync(client, tokenSecret, cancellation));
        }
        catch (Exception e) when (cached is not null && !cancellation.IsCancellationRequested)
        {
            failures?.Add(1);
            Log.OldSecretsGoOn(logger, e.GetType().Name);
            return cached.Credentials;
        }
    }

    private static async Task<string> SecretAsync(SecretClient client, string name, CancellationToken cancellation)
    {
        try
        {
            var secret = await client.GetSecretAsync(name, cancellationToken: cancellation);
            return Required(secret.Value.Value, name);
        }
        catch (Azure.RequestFailedException e) when (e.Status is 403 or 404)
        {
            throw new InvalidOperationException($"The secret {name} cannot be read from Key Vault (status {e.Status}).", e);
        }
    }

    private static string Required(string? value, string name) => string.IsNullOrWhiteSpace(value)
        ? throw new InvalidOperationException($"{name} is missing or empty.")
        : value.Trim();

    public void Dispose() => refreshing.Dispose();

    private sealed record Cached(TwilioCredentials Credentials, DateTimeOffset ReadAt, DateTimeOffset Until);

    private static partial class Log
    {
        [LoggerMessage(EventId = 2103, Level = LogLevel.Warning, Message = "Key Vault does not answer ({Fault}); the credentials read before go on")]
        public static partial void OldSecretsGoOn(ILogger logger, string fault);
    }
}
