using System.Collections.Concurrent;

namespace BulkSms.TwilioSimulator;

/// <summary>
/// How the account is set at Twilio: what its console would show. By default all is well but the inbound webhook, of which only the app knows the address. Settable while calls are
/// running.
/// </summary>
public sealed class AccountSetUp
{
    /// <summary>Calling codes of the countries that the simulator knows, by ISO 3166-1 alpha-2.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Countries = new Dictionary<string, string>
    {
        ["US"] = "+1", ["CA"] = "+1", ["GB"] = "+44", ["IE"] = "+353", ["DE"] = "+49", ["AT"] = "+43", ["CH"] = "+41", ["FR"] = "+33", ["ES"] = "+34", ["IT"] = "+39", ["NL"] = "+31",
        ["PL"] = "+48", ["IN"] = "+91", ["PK"] = "+92", ["AU"] = "+61", ["BR"] = "+55", ["MX"] = "+52", ["ZA"] = "+27", ["NG"] = "+234", ["JP"] = "+81",
    };

    /// <summary><c>active</c>, <c>suspended</c> or <c>closed</c>.</summary>
    public string Status { get; set; } = "active";

    /// <summary><c>Full</c> or <c>Trial</c>.</summary>
    public string Type { get; set; } = "Full";

    /// <summary>The account that owns it. Default none: it owns itself.</summary>
    public string? Owner { get; set; }

    public string Balance { get; set; } = "812.4";

    public string? InboundRequestUrl { get; set; }

    public string InboundMethod { get; set; } = "POST";

    public string? FallbackUrl { get; set; }

    public bool UseInboundWebhookOnNumber { get; set; }

    public bool SmartEncoding { get; set; }

    public bool StickySender { get; set; } = true;

    public int ValidityPeriod { get; set; } = 36000;

    /// <summary>The domain of short links. Default none.</summary>
    public LinkShortening? LinkShortening { get; set; }

    /// <summary>The numbers of the pool. Default the one that messages come from.</summary>
    public IReadOnlyList<PoolSender>? PhoneNumbers { get; set; }

    public IReadOnlyList<PoolSender> ShortCodes { get; set; } = [];

    public IReadOnlyList<PoolSender> AlphaSenders { get; set; } = [];

    public IReadOnlyList<Campaign> Campaigns { get; set; } = [new()];

    /// <summary>Who all campaigns are registered for.</summary>
    public Brand Brand { get; set; } = new();

    /// <summary>What was handed in for toll-free numbers, by number. Default: each of the pool is approved.</summary>
    public IReadOnlyDictionary<string, string>? TollFreeVerifications { get; set; }

    /// <summary>Countries that may not be texted, of those that the simulator knows.</summary>
    public ISet<string> RefusedCountries { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The currency of prices.</summary>
    public string PriceUnit { get; set; } = "USD";

    /// <summary>Prices of a segment by country, one for each kind of sender. Default for each country that the simulator knows: 0.0083 and 0.0081.</summary>
    public IDictionary<string, IReadOnlyList<string>> Prices { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>What Twilio's monitor has recorded: texts that the inbound webhook did not take, and what a test adds.</summary>
    public ConcurrentQueue<AlertRecord> Alerts { get; } = new();

    /// <summary>
    /// What goes wrong with the calls of one kind: <c>Account</c>, <c>Balance</c>, <c>Service</c>, <c>LinkShortening</c>, <c>PhoneNumbers</c>, <c>ShortCodes</c>, <c>AlphaSenders</c>, <c>Usa2p</c>,
    /// <c>BrandRegistrations</c>, <c>TollfreeVerifications</c>, <c>GeoPermissions</c>, <c>Alerts</c>, <c>Pricing</c>.
    /// </summary>
    public ConcurrentDictionary<string, Fault> Faults { get; } = new();
}

/// <summary>A domain of short links.</summary>
/// <param name="CallbackUrl">Called for each link that is followed; null: none is.</param>
public sealed record LinkShortening(string? CallbackUrl);

/// <summary>A sender of a Messaging Service's pool.</summary>
/// <param name="Name">The number, the short code or the name.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record PoolSender(string Name, string Country = "US")
{
    public IReadOnlyList<string> Capabilities { get; init; } = ["SMS"];
}

/// <summary>A registration for texts to the United States.</summary>
public sealed record Campaign
{
    public string Status { get; init; } = "VERIFIED";

    public bool Mock { get; init; }

    public double AttMps { get; init; } = 600;

    public string? TMobileTier { get; init; } = "TOP";

    public string UseCase { get; init; } = "MIXED";

    /// <summary>Codes of why it was refused.</summary>
    public IReadOnlyList<int> Errors { get; init; } = [];
}

/// <summary>Who a campaign is registered for.</summary>
public sealed record Brand
{
    /// <summary><c>STANDARD</c> or <c>SOLE_PROPRIETOR</c>.</summary>
    public string Type { get; init; } = "STANDARD";

    /// <summary>0 to 100. Null: none was given.</summary>
    public int? Score { get; init; } = 82;
}

/// <summary>An entry of Twilio's monitor.</summary>
public sealed record AlertRecord(string RequestUrl, int ErrorCode, DateTimeOffset At)
{
    /// <summary>The webhook did not answer, or refused.</summary>
    internal const int RetrievalFailure = 11200;
}
