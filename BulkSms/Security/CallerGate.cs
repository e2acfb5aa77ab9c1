using BulkSms.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace BulkSms.Security;

/// <summary>
/// Stands before every route, in both hosts, after the host's own check of the function key: who is it, may they do this, do they ask too often.
/// </summary>
public sealed class CallerGate(ApiEndpointTable endpoints, BearerTokens tokens, NamedCallers callers, CallerLimits limits, IOptions<AuthOptions> options)
{
    private const string Scheme = "Bearer ";

    /// <summary>Why a request may not go on: 401, 403, 429; null: it may, and <see cref="Caller.Of"/> knows who makes it.</summary>
    public async Task<IResult?> RefuseAsync(HttpRequest request)
    {
        var endpoint = endpoints.Find(request);
        if (endpoint is { Role: null })
        {
            return null;
        }

        var role = endpoint?.Role ?? CallerRoles.Manage; // what is in no table is open to few

        var caller = callers.Of(request);
        if (options.Value.IsOn)
        {
            if (await TokenAsync(request) is not { } token)
            {
                return Problems.NoToken();
            }

            if (!token.Roles.Contains(role))
            {
                return Problems.Forbidden($"The token lacks the role {role}.");
            }

            caller = Caller.OfToken(token.Subject);
            request.HttpContext.Features.Set(token);
        }

        request.HttpContext.Features.Set(caller);
        return limits.TakeRequest(caller, endpoint is { HasLimitOfItsOwn: true } ? endpoint.Route : null) is { } wait ? Problems.TooMany("requests", wait)
            : QueryEncoding.Refusal(request.QueryString) ?? QueryNames.Refusal(request.Query, endpoint?.Query);
    }

    private async Task<ValidToken?> TokenAsync(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? await tokens.ReadAsync(header[Scheme.Length..].Trim()) : null;
}
