using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Security;

/// <summary>Knows the holder of a function key by the key's hash, however the key is spelled. Both hosts have checked the key by then.</summary>
public sealed class NamedCallers(IOptions<CallerOptions> options)
{
    private const char Joined = ',';

    private readonly FrozenDictionary<string, Caller> byHash = options.Value.KeyHashes
        .SelectMany(holder => holder.Value.Select(hash => (Hash: hash, Caller: Caller.OfKey(holder.Key))))
        .ToFrozenDictionary(each => each.Hash, each => each.Caller, StringComparer.OrdinalIgnoreCase);

    /// <summary>The holder of a request's function key.</summary>
    public Caller Of(HttpRequest request)
    {
        // A key that comes twice reaches the app joined by a comma, while the Functions host has checked the first alone. A key may hold a comma, too.
        var key = Caller.KeyOf(request);
        return Find(key) ?? Find(key.Split(Joined)[0].Trim()) ?? Caller.Unnamed;
    }

    private Caller? Find(string key) => byHash.GetValueOrDefault(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
}
