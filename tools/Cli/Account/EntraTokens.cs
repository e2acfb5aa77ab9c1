using System.Text.Json;
using Microsoft.Identity.Client;

namespace BulkSms.Cli.Account;

/// <summary>Access tokens of Entra ID: by a code that is typed in at a browser, then silently for as long as the sign-in lasts.</summary>
internal sealed class EntraTokens
{
    private readonly IPublicClientApplication app;
    private readonly string[] scopes;

    /// <param name="login">How one signs in.</param>
    /// <param name="tokens">The tokens of the last sign-in; null: there was none.</param>
    /// <param name="changed">Is told when they have changed.</param>
    /// <param name="factory">How Entra ID is called; null: by the network.</param>
    public EntraTokens(EntraLogin login, byte[]? tokens, Action<byte[]> changed, IMsalHttpClientFactory? factory)
    {
        var builder = PublicClientApplicationBuilder.Create(login.ClientId).WithAuthority(login.Authority.ToString()).WithInstanceDiscovery(false).WithDefaultRedirectUri();
        app = (factory is null ? builder : builder.WithHttpClientFactory(factory)).Build();
        scopes = [login.Scope];
        app.UserTokenCache.SetBeforeAccess(cache =>
        {
            if (tokens is not null)
            {
                cache.TokenCache.DeserializeMsalV3(tokens);
            }
        });
        app.UserTokenCache.SetAfterAccess(cache =>
        {
            if (cache.HasStateChanged)
            {
                tokens = cache.TokenCache.SerializeMsalV3();
                changed(tokens);
            }
        });
    }

    /// <summary>Signs in.</summary>
    /// <param name="show">Shows where the code is typed in.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Who has signed in.</returns>
    public async Task<string> SignInAsync(Action<string> show, CancellationToken cancellation)
    {
        try
        {
            var result = await app.AcquireTokenWithDeviceCode(scopes, code =>
            {
                show(code.Message);
                return Task.CompletedTask;
            }).ExecuteAsync(cancellation);
            return result.Account?.Username ?? result.UniqueId;
        }
        catch (MsalException e)
        {
            throw new SignedOutException($"Entra ID did not sign you in: {e.Message}");
        }
    }

    /// <summary>A token that is valid now.</summary>
    public async ValueTask<string?> GetAsync(CancellationToken cancellation)
    {
        try
        {
            var account = (await app.GetAccountsAsync()).FirstOrDefault();
            return (await app.AcquireTokenSilent(scopes, account).ExecuteAsync(cancellation)).AccessToken;
        }
        catch (MsalUiRequiredException)
        {
            throw new SignedOutException("Your sign-in to Entra ID has ended. Run bulksms login.");
        }
        catch (MsalException e)
        {
            throw new SignedOutException($"Entra ID gave no token: {e.Message} Try again, or run bulksms login.");
        }
        catch (JsonException)
        {
            throw new SignedOutException("The stored sign-in cannot be read. Run bulksms login.");
        }
    }
}
