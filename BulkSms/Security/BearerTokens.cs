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
/// kind that only the issuer can make.
/// </summary>
public sealed class BearerTokens
{
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

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

    /// <summary>The token's content; null when it is not valid, whatever the reason.</summary>
    public async Task<ValidToken?> ReadAsync(string token)
    {
        var result = await handler.ValidateTokenAsync(token, parameters);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken valid)
        {
            return null;
        }

        var subject = valid.TryGetPayloadValue("oid", out string? oid) && oid is { Length: > 0 } ? oid : valid.Subject;
        return string.IsNullOrEmpty(subject) ? null : new(subject, valid.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal));
    }
}
