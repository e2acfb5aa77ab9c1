using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BulkSms.Twilio;

/// <summary>A JSON body that Twilio has signed: the signature is over the address alone, which names the body by its hash.</summary>
internal static class SignedJson
{
    public const string MediaType = "application/json";

    /// <summary>The parameter of the address: SHA-256 of the body, in hexadecimal digits.</summary>
    public const string BodyHash = "bodySHA256";

    /// <summary>Whether the body is the one that the address names.</summary>
    public static bool IsNamed(ReadOnlySpan<byte> body, string? hash) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body))), Encoding.ASCII.GetBytes((hash ?? "").ToLowerInvariant()));

    /// <summary>Its texts and numbers by their names; null: it is no object.</summary>
    public static List<KeyValuePair<string, string>>? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is not JsonValueKind.Object ? null :
            [
                .. document.RootElement.EnumerateObject().Where(each => each.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    .Select(each => KeyValuePair.Create(each.Name, each.Value.ToString())),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // a text may be no Unicode
        {
            return null;
        }
    }
}
