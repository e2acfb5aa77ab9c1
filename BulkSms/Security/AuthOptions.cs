using Microsoft.Extensions.Options;

namespace BulkSms.Security;

/// <summary>Whose tokens are asked for beside the function key. Section <c>Auth</c>; both settings or none.</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>
    /// The OpenID Connect issuer's address, such as https://login.microsoftonline.com/{tenant}/v2.0; its keys are found from there. Default none: the function key is
    /// enough for everything.
    /// </summary>
    public Uri? Authority { get; set; }

    /// <summary>The audience that a token must be for, such as the client id of the API's registration. Default none.</summary>
    public string? Audience { get; set; }

    public bool IsOn => Authority is not null;
}

/// <summary>Half a configuration would let every caller in, or none.</summary>
public sealed class AuthOptionsValidator : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options) => options switch
    {
        { Authority: null, Audience: null or "" } => ValidateOptionsResult.Success,
        { Authority: null } => ValidateOptionsResult.Fail("Auth:Authority is missing, though Auth:Audience is there."),
        { Audience: null or "" } => ValidateOptionsResult.Fail("Auth:Audience is missing, though Auth:Authority is there."),
        { Authority: { IsAbsoluteUri: true } url } when url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback) => ValidateOptionsResult.Success,
        _ => ValidateOptionsResult.Fail("Auth:Authority must be an https address (http on loopback)."),
    };
}
