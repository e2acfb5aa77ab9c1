using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Twilio;

/// <summary>The Twilio account. Section <c>Twilio</c>.</summary>
public sealed class TwilioOptions
{
    public const string Section = "Twilio";

    /// <summary>The Messaging Service (sender pool) that sends: MG and 32 hexadecimal digits. Required.</summary>
    [Required, RegularExpression("^MG[0-9a-fA-F]{32}$")]
    public string MessagingServiceSid { get; set; } = "";

    /// <summary>AC and 32 hexadecimal digits. Required unless <c>KeyVault:Uri</c> is set.</summary>
    [RegularExpression("^AC[0-9a-fA-F]{32}$")]
    public string? AccountSid { get; set; }

    /// <summary>The account's auth token: a secret. Required unless <c>KeyVault:Uri</c> is set.</summary>
    public string? AuthToken { get; set; }

    /// <summary>Where Twilio's API is: https, or anything on loopback. Default https://api.twilio.com.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = new("https://api.twilio.com");

    /// <summary>Where Twilio's messaging API is, which is asked for the service's senders: as above. Default https://messaging.twilio.com.</summary>
    [Required]
    public Uri MessagingBaseUrl { get; set; } = new("https://messaging.twilio.com");

    /// <summary>Where Twilio's accounts API is, which the doctor asks for the countries that may be texted: as above. Default https://accounts.twilio.com.</summary>
    [Required]
    public Uri AccountsBaseUrl { get; set; } = new("https://accounts.twilio.com");

    /// <summary>Where Twilio's monitor API is, which the doctor asks for webhooks that failed: as above. Default https://monitor.twilio.com.</summary>
    [Required]
    public Uri MonitorBaseUrl { get; set; } = new("https://monitor.twilio.com");

    /// <summary>Where Twilio's pricing API is, which is asked when prices are imported: as above. Default https://pricing.twilio.com.</summary>
    [Required]
    public Uri PricingBaseUrl { get; set; } = new("https://pricing.twilio.com");
}

[OptionsValidator]
public sealed partial class TwilioOptionsValidator : IValidateOptions<TwilioOptions>;

/// <summary>The credentials travel to <see cref="TwilioOptions.BaseUrl"/>: they must not be readable on the way.</summary>
public sealed class TwilioBaseUrlValidator : IValidateOptions<TwilioOptions>
{
    public ValidateOptionsResult Validate(string? name, TwilioOptions options) => Unsafe(options) is { } address
        ? ValidateOptionsResult.Fail($"{TwilioOptions.Section}:{address} must be an https address, or an http one on loopback.")
        : ValidateOptionsResult.Success;

    private static string? Unsafe(TwilioOptions options) =>
        !IsSafe(options.BaseUrl) ? nameof(options.BaseUrl)
        : !IsSafe(options.MessagingBaseUrl) ? nameof(options.MessagingBaseUrl)
        : !IsSafe(options.AccountsBaseUrl) ? nameof(options.AccountsBaseUrl)
        : !IsSafe(options.MonitorBaseUrl) ? nameof(options.MonitorBaseUrl)
        : !IsSafe(options.PricingBaseUrl) ? nameof(options.PricingBaseUrl)
        : null;

    private static bool IsSafe(Uri? address) =>
        address is { IsAbsoluteUri: true, PathAndQuery: "/", Fragment: "", UserInfo: "" } url && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
