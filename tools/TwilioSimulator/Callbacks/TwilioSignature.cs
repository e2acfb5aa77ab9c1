using System.Security.Cryptography;
using System.Text;

namespace BulkSms.TwilioSimulator;

/// <summary><c>X-Twilio-Signature</c>: Base64 of HMAC-SHA1 over the URL without fragment and the sorted parameters.</summary>
internal static class TwilioSignature
{
    public static string Of(string url, IEnumerable<KeyValuePair<string, string>> form, string authToken)
    {
        var text = new StringBuilder(WithoutFragment(url));
        foreach (var (key, value) in form.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(key).Append(value);
        }

#pragma warning disable CA5350 // Twilio's choice, not ours.
        var hash = HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text.ToString()));
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }

    public static string WithoutFragment(string url) => url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at ? url[..at] : url;
}
