using System.Security.Cryptography;
using System.Text;

namespace BulkSms.Twilio;

/// <summary>
/// Twilio's request signature: Base64(HMAC-SHA1(auth token, URL + each POST parameter, in ordinal order of the names, name and value joined)).
/// Source: https://www.twilio.com/docs/usage/security.
/// </summary>
public static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <summary>Whether a signature fits, in constant time, with the URL as given or with its port spelled the other way.</summary>
    /// <param name="authToken">The account's auth token.</param>
    /// <param name="signature">The header as received.</param>
    /// <param name="url">The public address that Twilio called, with its query.</param>
    /// <param name="form">All POST parameters, unknown ones too.</param>
    public static bool IsValid(string authToken, string? signature, Uri url, IReadOnlyCollection<KeyValuePair<string, string>> form)
    {
        Span<byte> given = stackalloc byte[SHA1.HashSizeInBytes];
        if (string.IsNullOrEmpty(signature) || !Convert.TryFromBase64String(signature, given, out var length) || length != given.Length)
        {
            return false;
        }

        var valid = false;
        foreach (var spelling in Spellings(url))
        {
            valid |= CryptographicOperations.FixedTimeEquals(given, Compute(authToken, spelling, form));
        }

        return valid;
    }

    /// <summary>The signature's 20 bytes.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA1 is what Twilio signs with")]
    public static byte[] Compute(string authToken, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(value);
        }

        return HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text.ToString()));
    }

    // Some of Twilio's products sign with the port, some without, whether or not it is the scheme's own.
    private static IEnumerable<string> Spellings(Uri url)
    {
        var rest = url.PathAndQuery;
        yield return $"{url.Scheme}://{url.Host}{rest}";
        yield return $"{url.Scheme}://{url.Host}:{url.Port}{rest}";
    }
}
