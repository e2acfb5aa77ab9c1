using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BulkSms.Profiles;

/// <summary>What is set of one profile. What is not set is as <c>Twilio</c> and <c>Sending</c> say.</summary>
public sealed class ProfileSettings
{
    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>The Messaging Service (sender pool) that the profile sends with: MG and 32 hexadecimal digits. Required, and of no other profile: a rate belongs to a Messaging Service.</summary>
    [RegularExpression("^MG[0-9a-fA-F]{32}$")]
    public string? MessagingServiceSid { get; set; }

    /// <summary>The account of the profile, if it is another than that of <c>Twilio</c>, such as a subaccount: AC and 32 hexadecimal digits. Default none: the account of <c>Twilio</c>.</summary>
    [RegularExpression("^AC[0-9a-fA-F]{32}$")]
    public string? AccountSid { get; set; }

    /// <summary>Or the secret of Key Vault that holds it. Default none.</summary>
    [RegularExpression("^[0-9a-zA-Z-]{1,127}$")]
    public string? AccountSidSecret { get; set; }

    /// <summary>The auth token of that account: a secret. Default none.</summary>
    public string? AuthToken { get; set; }

    /// <summary>Or the secret of Key Vault that holds it. Default none.</summary>
    [RegularExpression("^[0-9a-zA-Z-]{1,127}$")]
    public string? AuthTokenSecret { get; set; }

    /// <summary>Segments of the profile handed to Twilio a second at most, by all instances together. Default none: <c>Sending__SegmentsPerSecond</c>, a second time.</summary>
    [Range(0.1, 10_000)]
    public double? SegmentsPerSecond { get; set; }

    /// <summary>Calls to Twilio in flight at most for the profile, of one instance. Default none: <c>Sending__MaxConcurrency</c>, a second time.</summary>
    [Range(1, 2000)]
    public int? MaxConcurrency { get; set; }

    /// <summary>Smart encoding of the profile's broadcasts that do not say by <c>smartEncoding</c>. Default none: <c>Broadcasts__SmartEncoding</c>.</summary>
    public bool? SmartEncoding { get; set; }

    /// <summary>Quiet hours of the profile's broadcasts that give none by <c>quietHours</c>, such as <c>21:00-08:00 Europe/Berlin</c>. Default none.</summary>
    public string? QuietHours { get; set; }

    /// <summary>Price of a segment by country, such as <c>Profiles__alerts__Prices__US</c>, where it is another than <c>Prices</c> says: US dollars, 0 to 10. Default none.</summary>
    public IDictionary<string, decimal> Prices { get; } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>US dollars that the profile's accepted broadcasts may cost a calendar month of UTC, of all callers together, by their estimates. Default none; 0 to 1,000,000,000.</summary>
    [Range(0.0, 1_000_000_000.0)]
    public decimal? MonthlyBudget { get; set; }

    /// <summary>
    /// Roles with a comma between. A caller may use the profile whose token has one of them, beside <c>Broadcast.Send</c>. A role is one of BulkSms's, or one of yours that begins with <c>Profile.</c>,
    /// such as <c>Profile.Alerts</c>. It needs <c>Auth</c>. Default none: each caller may use it.
    /// </summary>
    public string Roles { get; set; } = "";

    /// <summary>Whether it has an account of its own.</summary>
    internal bool HasAccount => !string.IsNullOrEmpty(AccountSid + AccountSidSecret + AuthToken + AuthTokenSecret);

    /// <summary>The roles one by one.</summary>
    internal IReadOnlyList<string> EachRole => Roles.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

[OptionsValidator]
public sealed partial class ProfileSettingsValidator : IValidateOptions<ProfileSettings>;
