using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BulkSms.Tests.Infrastructure;

/// <summary>An OpenID Connect issuer on loopback: its discovery document, its keys, and tokens good and bad.</summary>
public sealed class TokenIssuer : IAsyncDisposable
{
    public const string Audience = "bulksms-api";
    private readonly WebApplication web;
    private RsaSecurityKey key = NewKey();

    private TokenIssuer(WebApplication web) => this.web = web;

    public string Address => web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>How the app is told of it.</summary>
    public KeyValuePair<string, string?>[] Settings => [new("Auth:Authority", Address), new("Auth:Audience", Audience)];

    /// <param name="more">Maps more of an issuer than its keys.</param>
    public static async Task<TokenIssuer> StartAsync(Action<TokenIssuer, WebApplication>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TokenIssuer(builder.Build());
        issuer.web.Use((http, next) =>
        {
            http.Response.Headers.AccessControlAllowOrigin = "*"; // a browser reads it, too
            return next(http);
        });
        issuer.web.MapGet("/.well-known/openid-configuration", () => Results.Text(
            $$"""{"issuer": "{{issuer.Address}}", "jwks_uri": "{{issuer.Address}}/keys", "authorization_endpoint": "{{issuer.Address}}/authorize", "token_endpoint": "{{issuer.Address}}/token", "end_session_endpoint": "{{issuer.Address}}/logout"}""",
            "application/json"));
        more?.Invoke(issuer, issuer.web);
        issuer.web.MapGet("/keys", () => Results.Text(issuer.Keys(), "application/json"));
        await issuer.web.StartAsync();
        return issuer;
    }

    /// <summary>From now on only a new key is published and signs.</summary>
    public void RotateKey() => key = NewKey();

    /// <summary>A good token with these roles.</summary>
    public string Token(params string[] roles) => Token(_ => { }, roles);

    /// <summary>A token that is changed before it is signed.</summary>
    public string Token(Action<SecurityTokenDescriptor> change, params string[] roles)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = Audience,
            NotBefore = now.AddMinutes(-1),
            Expires = now.AddMinutes(10),
            Subject = new ClaimsIdentity([new Claim("sub", "caller-1"), new Claim("azp", "calling-app"), .. roles.Select(role => new Claim("roles", role))]),
            SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
        };
        change(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    /// <summary>The public key as a secret: what an attacker would sign with if the algorithm were the token's to choose.</summary>
    public SigningCredentials PublicKeyAsSecret() => new(new SymmetricSecurityKey(key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = key.KeyId }, SecurityAlgorithms.HmacSha256);

    /// <summary>Another key with this issuer's key id.</summary>
    public SigningCredentials ForgedKey()
    {
        var forged = NewKey();
        forged.KeyId = key.KeyId;
        return new(forged, SecurityAlgorithms.RsaSha256);
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }

    private string Keys()
    {
        var rsa = key.Rsa.ExportParameters(includePrivateParameters: false);
        return $$"""{"keys": [{"kty": "RSA", "use": "sig", "kid": "{{key.KeyId}}", "n": "{{Base64UrlEncoder.Encode(rsa.Modulus)}}", "e": "{{Base64UrlEncoder.Encode(rsa.Exponent)}}"}]}""";
    }

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };
}
