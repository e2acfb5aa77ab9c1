using System.Net.Http.Headers;
using System.Net.Http.Json;
using BulkSms.Security;

namespace BulkSms.Tests.Infrastructure;

/// <summary>An app that asks for approvals, and the callers who give them.</summary>
internal static class Approvals
{
    /// <summary>Who sends. It has every role, that of approving too.</summary>
    public const string Maker = "maker";

    public const string Approver = "approver";

    /// <summary>Numbers of a country whose price is known.</summary>
    public static string[] Numbers(int count, int from = 101) => [.. Enumerable.Range(from, count).Select(i => $"+12015550{i:000}")];

    /// <summary>Broadcasts of two recipients and more need an approval.</summary>
    public static KeyValuePair<string, string?>[] Settings(TokenIssuer issuer) => [.. issuer.Settings, new("Approval:RequiredAboveRecipients", "1")];

    /// <summary>Makes every request from now on the maker's.</summary>
    public static void SignIn(HttpClient http, TokenIssuer issuer) => http.DefaultRequestHeaders.Authorization = TokenOf(issuer, Maker);

    /// <summary>Approves or rejects.</summary>
    /// <param name="http">The app.</param>
    /// <param name="issuer">Whose tokens it takes.</param>
    /// <param name="broadcastId">The broadcast.</param>
    /// <param name="verb"><c>approve</c> or <c>reject</c>.</param>
    /// <param name="comment">What is said about it; null: nothing.</param>
    /// <param name="caller">Who decides.</param>
    public static async Task<HttpResponseMessage> DecideAsync(HttpClient http, TokenIssuer issuer, string broadcastId, string verb, string? comment = null, string caller = Approver)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/broadcasts/{broadcastId}/{verb}") { Content = comment is null ? null : JsonContent.Create(new { comment }) };
        request.Headers.Authorization = TokenOf(issuer, caller);
        return await http.SendAsync(request);
    }

    public static AuthenticationHeaderValue TokenOf(TokenIssuer issuer, string caller) =>
        new("Bearer", issuer.Token(token => token.Subject.AddClaim(new("oid", caller)), CallerRoles.Send, CallerRoles.SendHigh, CallerRoles.Read, CallerRoles.Manage, CallerRoles.Approve));
}
