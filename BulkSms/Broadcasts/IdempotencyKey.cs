using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using BulkSms.Security;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Broadcasts;

/// <summary>The header <c>Idempotency-Key</c>: with it a request may be repeated (<see cref="BroadcastOptions.IdempotencyKeyLifetime"/>) and makes one broadcast.</summary>
/// <param name="RowKey">SHA-256 over the caller and the header: two callers may use the same word.</param>
public sealed record IdempotencyKey(string RowKey)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Set on the answer to a repeat.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int MaxLength = 255;
    private static readonly SearchValues<char> VisibleAscii = SearchValues.Create([.. Enumerable.Range(0x21, 0x7e - 0x20).Select(c => (char)c)]);

    /// <summary>The request's key; null when it has none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="fault">What is wrong with the key, in words; null when nothing is.</param>
    public static IdempotencyKey? Read(HttpRequest request, out string? fault)
    {
        fault = null;
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return null;
        }

        var key = values.ToString();
        if (values.Count != 1 || key.Length is 0 or > MaxLength || key.AsSpan().ContainsAnyExcept(VisibleAscii))
        {
            fault = $"must be 1 to {MaxLength} visible ASCII characters, once";
            return null;
        }

        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Caller.Of(request).Id}\n{key}"))));
    }
}
