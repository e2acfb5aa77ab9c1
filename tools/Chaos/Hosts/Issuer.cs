using System.Security.Claims;
using System.Security.Cryptography;
using BulkSms.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BulkSms.Chaos.Hosts;

/// <summary>Who the callers are: an OpenID Connect issuer on loopback, with a token for the one that sends and operates, and one for the one that approves.</summary>
public sealed class Issuer : IAsyncDisposable
{
    private const string Audience = "chaos";
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };
    private readonly WebApplication web;
    private readonly TimeProvider time;

    private Issuer(WebApplication web, TimeProvider time) => (this.web, this.time) = (web, time);

    /// <summary>Sends, operates, and has the role for approving as well.</summary>
    public string Maker => field ??= Token("maker");

    public string Approver => field ??= Token("approver");

    /// <summary>How an app is told of it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings => [new("Auth:Authority", Address), new("Auth:Audience", Audience)];

    private string Address => web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<Issuer> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new Issuer(builder.Build(), time);
        issuer.web.MapGet("/.well-known/openid-configuration", () => Results.Text($$"""{"issuer": "{{issuer.Address}}", "jwks_uri": "{{issuer.Address}}/keys"}""", "application/json"));
        issuer.web.MapGet("/keys", () => Results.Text(issuer.Keys(), "application/json"));
        await issuer.web.StartAsync();
        return issuer;
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }

    private string Token(string subject)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = Audience,
            NotBefore = now.AddMinutes(-1),
            Expires = now + Life,
            Subject = new ClaimsIdentity(
            [
                new("sub", subject), new("azp", "chaos"),
                .. new[] { CallerRoles.Send, CallerRoles.SendHigh, CallerRoles.Read, CallerRoles.Manage, CallerRoles.Approve }.Select(role => new Claim("roles", role)),
            ]),
            SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
        });
    }

    private string Keys()
    {
        var rsa = key.Rsa.ExportParameters(includePrivateParameters: false);
        return $$"""{"keys": [{"kty": "RSA", "use": "sig", "kid": "{{key.KeyId}}", "n": "{{Base64UrlEncoder.Encode(rsa.Modulus)}}", "e": "{{Base64UrlEncoder.Encode(rsa.Exponent)}}"}]}""";
    }
}
