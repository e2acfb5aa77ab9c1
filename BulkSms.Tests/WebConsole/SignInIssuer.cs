using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using BulkSms.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace BulkSms.Tests.WebConsole;

/// <summary>An OpenID Connect issuer where a person signs in with a click: the code flow with PKCE, as it must be. It knows one person at a time.</summary>
internal sealed class SignInIssuer : IAsyncDisposable
{
    public const string ClientId = "bulksms-console";
    public const string Continue = "Continue";
    private readonly ConcurrentDictionary<string, (string Challenge, string Redirect)> codes = new(StringComparer.Ordinal);
    private TokenIssuer? issuer;

    /// <summary>Who signs in next.</summary>
    public string Person { get; set; } = "ada";

    /// <summary>The person's roles.</summary>
    public string[] Roles { get; set; } = ["Broadcast.Send", "Broadcast.Read", "Broadcast.Manage"];

    /// <summary>What went wrong at the issuer's side of the flow.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>How often a token was replaced without a person.</summary>
    public int Refreshed { get; private set; }

    /// <summary>How often a person signed out here, too.</summary>
    public int SignedOut { get; private set; }

    public Uri Address => new(issuer!.Address);

    public IEnumerable<KeyValuePair<string, string?>> Settings => [.. issuer!.Settings, new("Console:ClientId", ClientId)];

    /// <summary>For an app where broadcasts of two recipients and more need an approval.</summary>
    public IEnumerable<KeyValuePair<string, string?>> SettingsWithApproval => [.. Settings, .. Approvals.Settings(issuer!)];

    public static async Task<SignInIssuer> StartAsync()
    {
        var signIn = new SignInIssuer();
        signIn.issuer = await TokenIssuer.StartAsync((_, web) =>
        {
            web.MapGet("/authorize", (HttpRequest request) => signIn.Authorize(request.Query));
            web.MapPost("/token", async (HttpRequest request) => signIn.Exchange(await request.ReadFormAsync()));
            web.MapGet("/logout", (HttpRequest request) =>
            {
                signIn.SignedOut++;
                return Results.Redirect(request.Query["post_logout_redirect_uri"]!);
            });
        });
        return signIn;
    }

    public ValueTask DisposeAsync() => issuer!.DisposeAsync();

    private IResult Authorize(IQueryCollection query)
    {
        Hold(query["client_id"] == ClientId && query["response_type"] == "code" && query["response_mode"] == "fragment", "another flow");
        Hold(query["code_challenge_method"] == "S256" && query["code_challenge"].ToString().Length == 43, "no PKCE");
        Hold(query["scope"].ToString().Split(' ').Contains($"{TokenIssuer.Audience}/.default"), "another scope");
        Hold(query["state"].ToString().Length > 20, "no state");
        var (code, redirect) = (Guid.NewGuid().ToString("N"), query["redirect_uri"].ToString());
        codes[code] = (query["code_challenge"]!, redirect);
        return Results.Text($"""<!doctype html><title>Issuer</title><a href="{redirect}#code={code}&amp;state={Uri.EscapeDataString(query["state"]!)}">{Continue}</a>""", "text/html");
    }

    private IResult Exchange(IFormCollection form)
    {
        if (form["grant_type"] == "refresh_token")
        {
            Hold(form["refresh_token"] == "again", "another refresh token");
            Refreshed++;
        }
        else if (!codes.TryRemove(form["code"].ToString(), out var begun)
            || form["redirect_uri"] != begun.Redirect
            || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != begun.Challenge)
        {
            Wrong.Enqueue("a code that is not good");
            return Results.BadRequest();
        }

        var access = issuer!.Token(token => token.Subject.AddClaim(new("oid", Person)), Roles);
        var identity = Base64UrlEncoder.Encode($$"""{"preferred_username": "{{Person}}@example.com"}""");
        return Results.Text($$"""{"access_token": "{{access}}", "refresh_token": "again", "id_token": "e30.{{identity}}.", "expires_in": 600, "token_type": "Bearer"}""", "application/json");
    }

    private void Hold(bool isSo, string wrong)
    {
        if (!isSo)
        {
            Wrong.Enqueue(wrong);
        }
    }
}
