using System.Text.Json;
using BulkSms.Security;
using Microsoft.Extensions.Options;

namespace BulkSms.WebConsole;

/// <summary>What the console is told of the issuer where people sign in; none of it is secret.</summary>
public sealed class ConsoleSignIn(IOptions<AuthOptions> auth, IOptions<ConsoleOptions> console)
{
    /// <summary>What the console reads; null where it asks for a function key.</summary>
    public const string File = "sign-in.json";

    public bool IsOn => auth.Value.IsOn && console.Value.ClientId is { Length: > 0 };

    /// <summary>The only origin beside its own that the console may call.</summary>
    public string Origin => auth.Value.Authority!.GetLeftPart(UriPartial.Authority);

    public string Json => !IsOn ? "null" : JsonSerializer.Serialize(
        new ConsoleSignInView(auth.Value.Authority!.AbsoluteUri.TrimEnd('/'), console.Value.ClientId!, console.Value.Scope is { Length: > 0 } scope ? scope : $"{auth.Value.Audience}/.default"),
        ConsoleJson.Default.ConsoleSignInView);
}

/// <param name="Authority">The issuer's address.</param>
/// <param name="ClientId">The console's registration there.</param>
/// <param name="Scope">What it asks for.</param>
public sealed record ConsoleSignInView(string Authority, string ClientId, string Scope);
