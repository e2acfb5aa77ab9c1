namespace BulkSms.Twilio.Account;

/// <summary>The account.</summary>
/// <param name="Status">Twilio's word: <c>active</c>, <c>suspended</c>, <c>closed</c>.</param>
/// <param name="Type">Twilio's word: <c>Full</c>, <c>Trial</c>.</param>
/// <param name="IsSubaccount">Whether another account owns it.</param>
/// <param name="Clock">What the answer told of Twilio's clock; null: nothing.</param>
public sealed record AccountFact(string Status, string Type, bool IsSubaccount, TwilioClock? Clock);

/// <summary>What is left to spend.</summary>
public sealed record BalanceFact(decimal Amount, string Currency);

/// <summary>How the Messaging Service is set.</summary>
/// <param name="InboundUrl">Called for each text that comes in; null: none is.</param>
/// <param name="InboundMethod">How.</param>
/// <param name="FallbackUrl">Called where that fails; null: none is.</param>
/// <param name="UsesWebhookOfNumber">Each sender's own webhook is called instead of these.</param>
/// <param name="SmartEncoding">Twilio replaces characters that would make a text longer.</param>
/// <param name="StickySender">A recipient sees the same sender each time.</param>
/// <param name="ValidityPeriod">How long a message may wait at Twilio.</param>
/// <param name="IsRegisteredForUs">A campaign for the United States is registered.</param>
public sealed record ServiceFact(
    string? InboundUrl, string InboundMethod, string? FallbackUrl, bool UsesWebhookOfNumber, bool SmartEncoding, bool StickySender, TimeSpan ValidityPeriod, bool IsRegisteredForUs);

/// <summary>How the Link Shortening domain of the Messaging Service is set.</summary>
/// <param name="HasDomain">Whether there is one.</param>
/// <param name="CallbackUrl">Called for each link that is followed; null: none is.</param>
public sealed record LinksFact(bool HasDomain, string? CallbackUrl);

/// <summary>What kind of sender it is: each has its own throughput.</summary>
public enum SenderKind
{
    LongCode,
    TollFree,
    ShortCode,
    Alphanumeric,
}

/// <summary>One sender of the pool; not its number.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null: of none.</param>
/// <param name="SendsTexts">It may send texts.</param>
public sealed record SenderFact(SenderKind Kind, string? Country, bool SendsTexts)
{
    /// <summary>Twilio's identifier of a number; null: it has none, or none was told.</summary>
    public string? Sid { get; init; }
}

/// <summary>What was handed in so that texts of a toll-free number are let through.</summary>
/// <param name="NumberSid">Twilio's identifier of the number.</param>
/// <param name="Status">Twilio's word: <c>PENDING_REVIEW</c>, <c>IN_REVIEW</c>, <c>TWILIO_APPROVED</c>, <c>TWILIO_REJECTED</c>.</param>
public sealed record TollFreeFact(string? NumberSid, string Status)
{
    public const string Approved = "TWILIO_APPROVED";
    public const string Rejected = "TWILIO_REJECTED";
}

/// <summary>Who a campaign is registered for.</summary>
/// <param name="Sid">Twilio's identifier.</param>
/// <param name="IsSoleProprietor">It is registered as one person's.</param>
/// <param name="Score">0 to 100; null: none was given.</param>
/// <param name="IsRussell3000">It is a company of that index.</param>
public sealed record BrandFact(string Sid, bool IsSoleProprietor, int? Score, bool IsRussell3000);

/// <summary>A registration for texts to the United States (A2P 10DLC).</summary>
/// <param name="Status">Twilio's word, such as <c>VERIFIED</c>, <c>IN_PROGRESS</c>, <c>FAILED</c>.</param>
/// <param name="IsMock">It is one for tests only.</param>
/// <param name="AttPerSecond">Messages a second that AT&amp;T takes; null: not told.</param>
/// <param name="TMobileTier">The class at T-Mobile, which bounds messages a day; null: not told.</param>
/// <param name="Errors">Codes of why it was refused.</param>
public sealed record CampaignFact(string Status, bool IsMock, double? AttPerSecond, string? TMobileTier, IReadOnlyList<string> Errors)
{
    /// <summary>Twilio's identifier of the brand; null: not told.</summary>
    public string? BrandSid { get; init; }

    /// <summary>Twilio's word, such as <c>MIXED</c>; null: not told.</summary>
    public string? UseCase { get; init; }
}

/// <summary>The countries that the account may text, and those that it may not: ISO 3166-1 alpha-2.</summary>
public sealed record PermissionFact(IReadOnlySet<string> Enabled, IReadOnlySet<string> Disabled);

/// <summary>What Twilio lists for a text to a country.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="PerSegment">Prices of a segment, by network and kind of sender, each above 0; none: it lists none. A 0 in the list says that there is no price, not that texts are free.</param>
public sealed record PricesFact(string Currency, IReadOnlyList<decimal> PerSegment);

/// <summary>A webhook that failed, as Twilio recorded it.</summary>
/// <param name="Url">The address that was called; it may hold more than may be shown.</param>
/// <param name="Code">Twilio's code.</param>
/// <param name="At">When.</param>
public sealed record WebhookAlert(Uri Url, string Code, DateTimeOffset At);
