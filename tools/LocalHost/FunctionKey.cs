using System.Security.Cryptography;
using System.Text;
using BulkSms.Http;
using BulkSms.Security;

namespace BulkSms.LocalHost;

/// <summary>The Functions host's keys: the header <c>x-functions-key</c> or <c>?code=</c>, compared in constant time.</summary>
/// <param name="Value">The key.</param>
public sealed record FunctionKey(string Value)
{
    public const string Header = Caller.KeyHeader;
    private readonly byte[] expected = Hash(Value);

    /// <summary>A new random key.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>The answer to a request without the key; null: it has it.</summary>
    public IResult? Refuse(HttpRequest request) => CryptographicOperations.FixedTimeEquals(Hash(Caller.KeyOf(request)), expected) ? null : Problems.Unauthorized();

    /// <summary>Never the key.</summary>
    public override string ToString() => nameof(FunctionKey);

    // Hashes are of one length, so that the comparison tells nothing about the key's.
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
