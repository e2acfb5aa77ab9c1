using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BulkSms.Events;

/// <summary>Signs as Standard Webhooks has it: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.</summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>The signatures of a body, one for each secret.</summary>
    /// <param name="id">What <c>webhook-id</c> says.</param>
    /// <param name="at">When the call is made.</param>
    /// <param name="body">What is posted.</param>
    /// <param name="secrets">The secrets' bytes.</param>
    public static string Of(string id, DateTimeOffset at, ReadOnlySpan<byte> body, IEnumerable<byte[]> secrets)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")), .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}"));
    }
}
