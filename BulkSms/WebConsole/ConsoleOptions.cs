using BulkSms.Security;
using Microsoft.Extensions.Options;

namespace BulkSms.WebConsole;

/// <summary>How people sign in to the web console, where <c>Auth</c> is set. Section <c>Console</c>.</summary>
public sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>The client id of the console's registration at the issuer of <c>Auth__Authority</c>: people sign in there. Default none: the console asks for a function key.</summary>
    public string? ClientId { get; set; }

    /// <summary>What the console asks the issuer for, such as api://bulksms/access_as_user. Default none: <c>Auth__Audience</c> with /.default, as Entra ID takes it.</summary>
    public string? Scope { get; set; }
}

/// <summary>A console that signs people in at no issuer would let none of them in.</summary>
public sealed class ConsoleOptionsValidator(IOptions<AuthOptions> auth) : IValidateOptions<ConsoleOptions>
{
    public ValidateOptionsResult Validate(string? name, ConsoleOptions options) => options switch
    {
        { ClientId: { Length: > 0 } } when !auth.Value.IsOn => ValidateOptionsResult.Fail("Console:ClientId is there, though Auth:Authority is missing: people would sign in nowhere."),
        { ClientId: null or "", Scope: { Length: > 0 } } => ValidateOptionsResult.Fail("Console:ClientId is missing, though Console:Scope is there."),
        _ => ValidateOptionsResult.Success,
    };
}
