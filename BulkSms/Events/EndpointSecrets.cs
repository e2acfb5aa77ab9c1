using System.Security.Cryptography;
using System.Text;
using BulkSms.Outbox;
using Microsoft.Extensions.Options;

namespace BulkSms.Events;

/// <summary>The secrets that sign: made here, shown once, and stored encrypted (AES-GCM) for the name of their endpoint.</summary>
public sealed class EndpointSecrets(EventKeySource keys, IOptions<EventOptions> options)
{
    /// <summary>Bytes of the key that they are encrypted under.</summary>
    public const int KeyBytes = 32;

    private const string Prefix = "whsec_";
    private const char Between = ';';
    private const int SecretBytes = 32;
    private const int FewestBytes = 24;
    private const int MostBytes = 64;
    private const int MostSecrets = 2;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>A new secret, as it is shown.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The bytes of a secret.</summary>
    public static byte[] BytesOf(string secret) => Convert.FromBase64String(secret[Prefix.Length..]);

    /// <summary>The bytes of the secrets of a setting, one or two; null: it is wrong.</summary>
    public static IReadOnlyList<byte[]>? Read(string setting)
    {
        var secrets = new List<byte[]>();
        foreach (var text in setting.Split(Between, StringSplitOptions.TrimEntries))
        {
            var bytes = new byte[text.Length];
            if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) || length is < FewestBytes or > MostBytes)
            {
                return null;
            }

            secrets.Add(bytes[..length]);
        }

        return secrets.Count <= MostSecrets ? secrets : null;
    }

    /// <summary>Encrypts a secret for an endpoint.</summary>
    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public async Task<string> EncryptAsync(string endpoint, string secret, CancellationToken cancellation)
    {
        var plain = BytesOf(secret);
        var stored = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = stored.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(await keys.GetAsync(cancellation), TagBytes);
        aes.Encrypt(stored.AsSpan(0, NonceBytes), plain, stored.AsSpan(NonceBytes + TagBytes), stored.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(endpoint));
        return Convert.ToBase64String(stored);
    }

    /// <summary>The bytes of the secrets that sign for an endpoint now: one, or two while one is rotated.</summary>
    /// <exception cref="InvalidOperationException">There is no key, or it is another than they were encrypted under.</exception>
    public async Task<IReadOnlyList<byte[]>> OfAsync(EventEndpoint endpoint, DateTimeOffset now, CancellationToken cancellation)
    {
        if (options.Value.Endpoints.TryGetValue(endpoint.Name, out var configured))
        {
            return Read(configured.Secret) ?? throw new InvalidOperationException($"Events:Endpoints:{endpoint.Name}:Secret is wrong."); // checked at start
        }

        var key = await keys.GetAsync(cancellation);
        var secrets = new List<byte[]> { Decrypt(endpoint.Name, endpoint.Secret, key) };
        if (endpoint.OldSecret is { } old && endpoint.OldSecretUntil > now)
        {
            secrets.Add(Decrypt(endpoint.Name, old, key));
        }

        return secrets;
    }

    private static byte[] Decrypt(string endpoint, string text, byte[] key)
    {
        try
        {
            var stored = Convert.FromBase64String(text);
            var plain = new byte[stored.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(stored.AsSpan(0, NonceBytes), stored.AsSpan(NonceBytes + TagBytes), stored.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(endpoint));
            return plain;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidOperationException("The endpoint's secret was encrypted under another key: rotate the secret.", e);
        }
    }
}
