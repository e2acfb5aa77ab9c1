using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace BulkSms.Security;

/// <summary>A token that is what it says.</summary>
/// <param name="Subject">The object id (Entra ID's <c>oid</c>), else the subject.</param>
/// <param name="Roles">Its roles.</param>
public sealed record ValidToken(string Subject, IReadOnlySet<string> Roles);

/// <summary>
/// Checks bearer tokens: signature by the issuer's published keys (read again when a key is not known), issuer, audience, lifetime, and that the signature is of a
/// kind that only the issuer can make; and that it is an access token.
/// </summary>
public sealed class BearerTokens
{
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly string[] AccessTokenTypes = ["at+jwt", "application/at+jwt"];
    private static readonly string[] AccessTokenClaims = ["scp", "azp", "appid"];

    /// <summary>Only ID tokens have these; some of them have <c>azp</c> too.</summary>
    private static readonly string[] IdTokenClaims = ["nonce", "at_hash", "c_hash"];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <summary>How soon keys may be read again: an unknown key id is cheap to make up.</summary>
    private static readonly TimeSpan RefreshAtMostEvery = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly TokenValidationParameters? parameters;

    public BearerTokens(IOptions<AuthOptions> options)
    {
        if (options.Value is not { Authority: { } authority } auth)
        {
            return;
        }

        var document = new Uri(authority.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration");
        parameters = new()
        {
            ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                document.AbsoluteUri, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = document.Scheme == Uri.UriSchemeHttps })
            {
                RefreshInterval = RefreshAtMostEvery,
            },
            ValidAudience = auth.Audience,
            ValidAlgorithms = Algorithms,
            ClockSkew = ClockSkew,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
        };
    }

    // RFC 9068 says it by the type; Entra ID's access tokens have the application that asked for them (azp, appid), or scopes. An ID token for the same audience says
    // who signed in to a page, and may not pass for a call.
    private static bool IsAccessToken(JsonWebToken token) =>
        AccessTokenTypes.Contains(token.Typ, StringComparer.OrdinalIgnoreCase)
        || (Array.Exists(AccessTokenClaims, name => token.TryGetPayloadValue(name, out object? _)) && !Array.Exists(IdTokenClaims, name => token.TryGetPayloadValue(name, out object? _)));

    /// <summary>The token's content; null when it is not valid, whatever the reason.</summary>
    public async Task<ValidToken?> ReadAsync(string token)
    {
        var result = await handler.ValidateTokenAsync(token, parameters);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken valid || !IsAccessToken(valid))
        {
            return null;
        }

        var subject = valid.TryGetPayloadValue("oid", out string? oid) && oid is { Length: > 0 } ? oid : valid.Subject;
        return string.IsNullOrEmpty(subject) ? null : new(subject, valid.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal));
    }
}
