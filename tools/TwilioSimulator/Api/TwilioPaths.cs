namespace BulkSms.TwilioSimulator;

/// <summary>Where things are in the API.</summary>
internal static class TwilioPaths
{
    public const string ApiVersion = "2010-04-01";
    public const string MessagesRoute = "/2010-04-01/Accounts/{account}/Messages.json";
    public const string MessageRoute = "/2010-04-01/Accounts/{account}/Messages/{sid}.json";

    /// <summary>The account, and what is left to spend.</summary>
    public const string AccountRoute = "/2010-04-01/Accounts/{account}.json";
    public const string BalanceRoute = "/2010-04-01/Accounts/{account}/Balance.json";

    /// <summary>A Messaging Service.</summary>
    public const string ServiceRoute = "/v1/Services/{service}";

    /// <summary>The numbers of a Messaging Service.</summary>
    public const string PhoneNumbersRoute = "/v1/Services/{service}/PhoneNumbers";

    /// <summary>Its short codes.</summary>
    public const string ShortCodesRoute = "/v1/Services/{service}/ShortCodes";

    /// <summary>Its alphanumeric senders.</summary>
    public const string AlphaSendersRoute = "/v1/Services/{service}/AlphaSenders";

    /// <summary>Its registrations for the United States.</summary>
    public const string CampaignsRoute = "/v1/Services/{service}/Compliance/Usa2p";

    /// <summary>Who the account's campaigns are registered for.</summary>
    public const string BrandsRoute = "/v1/a2p/BrandRegistrations";

    /// <summary>What was handed in for its toll-free numbers.</summary>
    public const string LinksRoute = "/v1/LinkShortening/MessagingService/{service}/DomainConfig";
    public const string TollFreeRoute = "/v1/Tollfree/Verifications";

    /// <summary>The countries that may be texted: of the accounts API.</summary>
    public const string GeoPermissionsRoute = "/v1/Messaging/GeoPermissions";

    /// <summary>What went wrong: of the monitor API.</summary>
    public const string AlertsRoute = "/v1/Alerts";

    /// <summary>What a text to a country costs: of the pricing API.</summary>
    public const string PricesRoute = "/v1/Messaging/Countries/{country}";

    public static string Messages(string account) => $"/{ApiVersion}/Accounts/{account}/Messages.json";

    public static string Message(string account, string sid) => $"/{ApiVersion}/Accounts/{account}/Messages/{sid}.json";

    public static string Media(string account, string sid) => $"/{ApiVersion}/Accounts/{account}/Messages/{sid}/Media.json";
}
