using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>Where Twilio reaches us. Section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>
    /// The address of this app as Twilio calls it, without path, such as https://my-app.azurewebsites.net: signatures are checked against it. Default
    /// none: Twilio is not asked to call back, and every webhook is refused.
    /// </summary>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>Largest body in bytes that a webhook reads. Default 64 KiB; 1 KiB to 1 MiB.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 64 * 1024;
}

[OptionsValidator]
public sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;

/// <summary>An address with a path or query would make other signatures than Twilio's.</summary>
public sealed class PublicBaseUrlValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options) =>
        options.PublicBaseUrl is null
        || (options.PublicBaseUrl is { IsAbsoluteUri: true, PathAndQuery: "/", Fragment: "", UserInfo: "" } url
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Webhooks:PublicBaseUrl must be an https address without a path (http on loopback).");
}
