using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Twilio.Security;

namespace BulkSms.Twilio;

/// <summary>
/// Twilio's request signature: Base64(HMAC-SHA1(auth token, URL + each POST parameter, in ordinal order of the names, name and value joined)), checked by Twilio's
/// own library. Source: https://www.twilio.com/docs/usage/security.
/// </summary>
public static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <summary>Whether a signature fits, in constant time, with the URL as it is spelled or with its port spelled the other way.</summary>
    /// <param name="authToken">The account's auth token.</param>
    /// <param name="signature">The header as received.</param>
    /// <param name="url">The public address that Twilio called, spelled as it was, with its query.</param>
    /// <param name="form">All POST parameters, unknown ones too.</param>
    public static bool IsValid(string authToken, string? signature, string url, IReadOnlyCollection<KeyValuePair<string, string>> form)
    {
        if (string.IsNullOrEmpty(signature) || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            return false;
        }

        // The first reading that fits ends it: that it fits is no secret. Most calls are signed as they are spelled, and each reading costs two hashes.
        var validator = new RequestValidator(authToken);
        foreach (var parameters in Readings(form))
        {
            if (validator.Validate(url, parameters, signature) || validator.Validate(WithOtherPort(url, address), parameters, signature))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The signature's 20 bytes, of parameters that are each given once.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA1 is what Twilio signs with")]
    public static byte[] Compute(string authToken, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(value);
        }

        return HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text.ToString()));
    }

    // Twilio's libraries differ on a parameter that is repeated: most take its values once each, sorted, under the name each time; the one for .NET joins them by commas.
    private static IEnumerable<Dictionary<string, string>> Readings(IReadOnlyCollection<KeyValuePair<string, string>> form)
    {
        if (Once(form) is { } once)
        {
            yield return once;
            yield break;
        }

        var byName = form.GroupBy(parameter => parameter.Key, parameter => parameter.Value, StringComparer.Ordinal).ToList();
        yield return byName.ToDictionary(
            values => values.Key, values => string.Join(values.Key, values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)), StringComparer.Ordinal);
        yield return byName.ToDictionary(values => values.Key, values => string.Join(',', values), StringComparer.Ordinal);
    }

    // Null: a parameter is repeated.
    private static Dictionary<string, string>? Once(IReadOnlyCollection<KeyValuePair<string, string>> form)
    {
        var parameters = new Dictionary<string, string>(form.Count, StringComparer.Ordinal);
        foreach (var (name, value) in form)
        {
            if (!parameters.TryAdd(name, value))
            {
                return null;
            }
        }

        return parameters;
    }

    // Some of Twilio's products sign with the port, some without. The library spells it the other way too, but normalises the rest of the address by that.
    private static string WithOtherPort(string url, Uri address)
    {
        var begin = url.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = url.IndexOfAny(['/', '?', '#'], begin) is var found and >= 0 ? found : url.Length;
        var host = url[begin..end];
        var port = host.LastIndexOf(':');
        var other = port > host.LastIndexOf(']') ? host[..port] : $"{host}:{address.Port}";
        return $"{url[..begin]}{other}{url[end..]}";
    }
}
