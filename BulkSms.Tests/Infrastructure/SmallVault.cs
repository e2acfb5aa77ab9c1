using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BulkSms.Tests.Infrastructure;

/// <summary>
/// A Key Vault on loopback, as far as reading secrets goes: HTTPS, the authentication challenge, <c>GET /secrets/{name}</c> with Azure's errors. It is read by
/// the real SecretClient.
/// </summary>
public sealed class SmallVault : IAsyncDisposable
{
    /// <summary>A credential that needs no one else.</summary>
    public static TokenCredential Credential { get; } = new FixedCredential();

    private const string Token = "made-up-token";
    private readonly WebApplication web;
    private readonly X509Certificate2 certificate;
    private int reads;

    private SmallVault(WebApplication web, X509Certificate2 certificate) => (this.web, this.certificate) = (web, certificate);

    /// <summary>By name.</summary>
    public ConcurrentDictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether every call is answered with 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>When its secrets were written; null: it does not say.</summary>
    public DateTimeOffset? WrittenAt { get; set; }

    /// <summary>Secrets read so far.</summary>
    public int Reads => reads;

    public static async Task<SmallVault> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var certificate = Certificate();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var vault = new SmallVault(builder.Build(), certificate);
        vault.web.MapGet("/secrets/{name}/{version?}", vault.Answer);
        await vault.web.StartAsync();
        return vault;
    }

    /// <summary>The real client, trusting this vault's certificate.</summary>
    public SecretClient Client()
    {
        var url = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var options = new SecretClientOptions
        {
            DisableChallengeResourceVerification = true, // we are not called vault.azure.net
            Transport = new HttpClientTransport(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = Trust(certificate) } }),
        };
        options.Retry.MaxRetries = 0;
        return new(url, new FixedCredential(), options);
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
        certificate.Dispose();
    }

    private static X509ChainPolicy Trust(X509Certificate2 root) =>
        new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck };

    private IResult Answer(HttpContext context, string name)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.Headers.WWWAuthenticate = "Bearer authorization=\"https://login.invalid/tenant\", resource=\"https://vault.azure.net\"";
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        Interlocked.Increment(ref reads);
        return IsDown ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Secrets.TryGetValue(name, out var value) ? Results.Text($$"""{"value": "{{value}}", "id": "https://{{context.Request.Host}}/secrets/{{name}}/1"{{Attributes}}}""", "application/json")
            : Results.Text("""{"error": {"code": "SecretNotFound", "message": "made up"}}""", "application/json", statusCode: StatusCodes.Status404NotFound);
    }

    private string Attributes => WrittenAt is { } time ? $$""", "attributes": {"enabled": true, "created": {{time.ToUnixTimeSeconds()}}}""" : "";

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private sealed class FixedCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(Token, TimeProvider.System.GetUtcNow().AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
