using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Security;

/// <summary>Who makes a request.</summary>
/// <param name="Id">Tells callers apart: the token's object id or subject, else a hash of the function key.</param>
/// <param name="Name">What is kept on a broadcast: the token's object id or subject; null when the caller has only a key.</param>
public sealed record Caller(string Id, string? Name)
{
    /// <summary>The header that carries a function key.</summary>
    public const string KeyHeader = "x-functions-key";

    private const string KeyParameter = "code";
    private const char Joined = ',';

    /// <summary>The caller as the gate knows it; by its function key where there is no gate before.</summary>
    public static Caller Of(HttpRequest request) => request.HttpContext.Features.Get<Caller>() ?? ByKey(request);

    /// <summary>Both hosts have checked the key by now; here it only tells callers apart, however it is spelled.</summary>
    public static Caller ByKey(HttpRequest request)
    {
        // A key that comes twice reaches the app joined by a comma, while the Functions host has checked the first alone.
        var key = KeyOf(request).Split(Joined)[0].Trim();
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))), null);
    }

    /// <summary>The function key as it was sent, where the Functions host looks for it: the first header, else the first parameter. A secret.</summary>
    public static string KeyOf(HttpRequest request) =>
        (request.Headers.TryGetValue(KeyHeader, out var header) ? header : request.Query[KeyParameter]) is [{ } first, ..] ? first : "";
}
