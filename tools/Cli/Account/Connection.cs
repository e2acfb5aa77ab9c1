using BulkSms.Client;

namespace BulkSms.Cli.Account;

/// <summary>The app to call, and as whom: by the environment, else by the stored login.</summary>
internal static class Connection
{
    public const string UrlVariable = "BULKSMS_URL";
    private const string KeyVariable = "BULKSMS_KEY";
    private const string TokenVariable = "BULKSMS_TOKEN";

    public static BulkSmsClient Open(CliContext context)
    {
        var (url, key, token) = (Set(context, UrlVariable), Set(context, KeyVariable), Set(context, TokenVariable));
        if (url is not null)
        {
            return Open(context, AddressOf(url), key, token is null ? null : _ => new(token)); // a stored key is of another app
        }

        var store = new LoginStore(context);
        var login = store.Read() ?? throw new SignedOutException($"You are not signed in. Run bulksms login with the address of the app, or set {UrlVariable} and {KeyVariable}.");
        var secrets = store.ReadSecrets(login);
        Func<CancellationToken, ValueTask<string?>>? tokens = token is not null ? _ => new(token)
            : login.Entra is { } entra ? new EntraTokens(entra, secrets.Tokens, changed => store.WriteSecrets(login, secrets with { Tokens = changed }), context.Entra).GetAsync
            : null;
        return Open(context, login.Address, key ?? secrets.Key, tokens);
    }

    public static BulkSmsClient Open(CliContext context, Uri address, string? key, Func<CancellationToken, ValueTask<string?>>? token)
    {
        var options = new BulkSmsClientOptions { Address = address, Key = key, Token = token, Time = context.Time };
        return new(context.Calling?.Invoke(options) ?? options);
    }

    /// <summary>The address of an app. A key travels over https only, but for this machine.</summary>
    public static Uri AddressOf(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") ? throw new SignedOutException($"{url} is no address of an app: it begins with https://.")
        : address.Scheme == "http" && !address.IsLoopback ? throw new SignedOutException($"{url} is not encrypted, and the key would be readable on the way. Use https://.")
        : address;

    private static string? Set(CliContext context, string name) => context.Variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
