using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BulkSms.OptOuts;

/// <summary>The keys by which numbers of erased persons are hashed, by version.</summary>
public sealed class HashKeys
{
    /// <summary>Bytes of a key at least: those of the hash.</summary>
    private const int LeastBytes = 32;

    /// <summary>Bytes of a hash that are kept.</summary>
    private const int HashBytes = 16;

    private readonly FrozenDictionary<int, byte[]> keys;

    private HashKeys(IReadOnlyDictionary<int, byte[]> keys) => this.keys = keys.ToFrozenDictionary();

    public static HashKeys None { get; } = new(new Dictionary<int, byte[]>());

    /// <summary>The version that new hashes are made by; null: there are no keys.</summary>
    public int? Current => keys.Count == 0 ? null : keys.Keys.Max();

    /// <summary>The versions that there are keys of.</summary>
    public IEnumerable<int> Versions => keys.Keys;

    /// <summary>Whether there is a key of a version.</summary>
    public bool Has(int version) => keys.ContainsKey(version);

    /// <summary>The hash of a number (E.164) by the key of a version: HMAC-SHA-256, the first 16 bytes, as 32 hexadecimal digits.</summary>
    public string Hash(int version, string number)
    {
        Span<byte> text = stackalloc byte[64];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetBytes(number, text);
        HMACSHA256.HashData(keys[version], text[..length], hash);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }

    /// <summary>Reads <c>version=key</c>, parted by semicolons.</summary>
    /// <param name="text">The text; empty: there are no keys.</param>
    /// <param name="name">The setting or secret, for the message.</param>
    /// <exception cref="InvalidOperationException">It is not that. The message tells the entry and never the key.</exception>
    public static HashKeys Parse(string? text, string name)
    {
        var keys = new Dictionary<int, byte[]>();
        foreach (var (index, entry) in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Index())
        {
            var at = entry.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || !int.TryParse(entry.AsSpan(0, at).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version < 1)
            {
                throw Wrong(name, index, "has no version: write 1=key;2=key");
            }

            if (KeyOf(entry[(at + 1)..].Trim()) is not { } key)
            {
                throw Wrong(name, index, $"has no key of {LeastBytes} bytes or more in Base64");
            }

            if (!keys.TryAdd(version, key))
            {
                throw Wrong(name, index, $"has version {version} again");
            }
        }

        return new(keys);
    }

    private static byte[]? KeyOf(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= LeastBytes ? bytes[..length] : null;
    }

    private static InvalidOperationException Wrong(string name, int index, string error) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}: entry {index + 1} {error}."));
}
