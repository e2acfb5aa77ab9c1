using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

namespace BulkSms.Tests.Infrastructure;

/// <summary>Requests by callers of every kind: with the function key or without, with a token or without.</summary>
internal static class Callers
{
    private const string Id = "0123456789abcdef0123456789ab";

    /// <summary>What <c>Callers:{name}:KeyHashes</c> holds for a key.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>What a route answers.</summary>
    /// <param name="app">The app.</param>
    /// <param name="route">Method and path below the prefix; <c>{id}</c> is a broadcast that there is not.</param>
    /// <param name="key">Whether the function key goes with it.</param>
    /// <param name="token">The bearer token; null: none.</param>
    /// <param name="content">The body; null: an empty JSON object, for a POST.</param>
    public static async Task<HttpStatusCode> AskAsync(TestApp app, string route, bool key, string? token, HttpContent? content = null)
    {
        using var request = Request(route, token, content);
        using var stranger = ContractHandler.NewClient(app.Url);
        using var response = await (key ? app.Http : stranger).SendAsync(request);
        return response.StatusCode;
    }

    public static HttpRequestMessage Request(string route, string? token, HttpContent? content = null)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].Replace("{id}", Id, StringComparison.Ordinal));
        var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/api/{path}");
        if (method is "POST" or "PUT")
        {
            request.Content = content ?? JsonContent.Create(new { });
        }

        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
