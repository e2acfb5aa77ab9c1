using Microsoft.AspNetCore.Http;

namespace BulkSms.Security;

/// <summary>Who makes a request.</summary>
/// <param name="Id">Tells callers apart, for limits and idempotency keys. A token's subject never is the name of a key's holder.</param>
/// <param name="Name">What is kept on a broadcast: the token's object id or subject, else the name of the function key's holder.</param>
public sealed record Caller(string Id, string Name)
{
    /// <summary>The header that carries a function key.</summary>
    public const string KeyHeader = "x-functions-key";

    private const string KeyParameter = "code";

    /// <summary>All who hold a function key that has no name: they are one caller.</summary>
    public static Caller Unnamed { get; } = OfKey(CallerOptions.Unnamed);

    /// <summary>The holder of a function key. Names differ by more than their case, as settings do.</summary>
    public static Caller OfKey(string name) => new($"key:{name.ToLowerInvariant()}", name);

    /// <summary>The owner of a token.</summary>
    public static Caller OfToken(string subject) => new($"token:{subject}", subject);

    /// <summary>The caller as the gate knows it.</summary>
    public static Caller Of(HttpRequest request) => request.HttpContext.Features.Get<Caller>() ?? Unnamed;

    /// <summary>The function key as it was sent, where the Functions host looks for it: the first header, else the first parameter. A secret.</summary>
    public static string KeyOf(HttpRequest request) =>
        (request.Headers.TryGetValue(KeyHeader, out var header) ? header : request.Query[KeyParameter]) is [{ } first, ..] ? first : "";
}
