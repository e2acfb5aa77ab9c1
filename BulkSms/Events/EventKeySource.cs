using Azure.Security.KeyVault.Secrets;
using BulkSms.Outbox;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>The key that endpoints' secrets are encrypted under: from configuration, else from Key Vault, read again every few minutes. When the vault does not answer, the one read before goes on.</summary>
/// <param name="options">The key, or the name of the vault's secret.</param>
/// <param name="time">The clock.</param>
/// <param name="vault">The vault; null when none is configured.</param>
public sealed class EventKeySource(IOptions<EventOptions> options, TimeProvider time, SecretClient? vault = null)
{
    private static readonly TimeSpan CacheFor = TimeSpan.FromMinutes(5);
    private volatile Cached? cached;

    /// <summary>Whether there is a place to read it from.</summary>
    public bool IsConfigured => options.Value.SecretsKey is not null || vault is not null;

    /// <summary>The key: 32 bytes.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is no key; the message names it and shows nothing of it.</exception>
    public async Task<byte[]> GetAsync(CancellationToken cancellation)
    {
        if (cached is { } fresh && fresh.Until > time.GetUtcNow())
        {
            return fresh.Key;
        }

        var key = options.Value.SecretsKey is { } configured ? Read(configured, "Events:SecretsKey") : await FromVaultAsync(cancellation);
        cached = new(key, time.GetUtcNow() + CacheFor);
        return key;
    }

    private async Task<byte[]> FromVaultAsync(CancellationToken cancellation)
    {
        if (vault is null)
        {
            throw new InvalidOperationException("Events:SecretsKey is missing.");
        }

        var name = options.Value.SecretsKeySecret;
        try
        {
            return Read((await vault.GetSecretAsync(name, cancellationToken: cancellation)).Value.Value, $"The secret {name} of Key Vault");
        }
        catch (Exception) when (cached is not null && !cancellation.IsCancellationRequested)
        {
            return cached.Key;
        }
        catch (Azure.RequestFailedException e) when (e.Status is 403 or 404)
        {
            throw new InvalidOperationException($"The secret {name} cannot be read from Key Vault (status {e.Status}).", e);
        }
    }

    private static byte[] Read(string text, string name)
    {
        var key = new byte[EndpointSecrets.KeyBytes + 1];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == EndpointSecrets.KeyBytes
            ? key[..EndpointSecrets.KeyBytes]
            : throw new InvalidOperationException($"{name} must be {EndpointSecrets.KeyBytes} bytes in Base64.");
    }

    private sealed record Cached(byte[] Key, DateTimeOffset Until);
}
