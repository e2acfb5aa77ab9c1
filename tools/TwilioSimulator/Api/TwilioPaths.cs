namespace BulkSms.TwilioSimulator;

/// <summary>Where things are in the API.</summary>
internal static class TwilioPaths
{
    public const string ApiVersion = "2010-04-01";
    public const string MessagesRoute = "/2010-04-01/Accounts/{account}/Messages.json";
    public const string MessageRoute = "/2010-04-01/Accounts/{account}/Messages/{sid}.json";


    /// <summary>The numbers of a Messaging Service.</summary>
    public const string PhoneNumbersRoute = "/v1/Services/{service}/PhoneNumbers";

    /// <summary>Its short codes.</summary>
    public const string ShortCodesRoute = "/v1/Services/{service}/ShortCodes";

    public static string Messages(string account) => $"/{ApiVersion}/Accounts/{account}/Messages.json";

    public static string Message(string account, string sid) => $"/{ApiVersion}/Accounts/{account}/Messages/{sid}.json";

    public static string Media(string account, string sid) => $"/{ApiVersion}/Accounts/{account}/Messages/{sid}/Media.json";
}
