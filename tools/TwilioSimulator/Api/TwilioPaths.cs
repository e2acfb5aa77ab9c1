namespace BulkSms.TwilioSimulator;

/// <summary>Where things are in the API.</summary>
internal static class TwilioPaths
{
    public const string ApiVersion = "2010-04-01";
    public const string MessagesRoute = "/2010-04-01/Accounts/{account}/Messages.json";
    public const string MessageRoute = "/2010-04-01/Accounts/{account}/Messages/{sid}.json";


    /// <summary>The numbers, and the short codes, of a Messaging Service.</summary>
    public const string SendersRoute = "/v1/Services/{service}/{kind:regex(^(PhoneNumbers|ShortCodes)$)}";

    public static string Messages(string account) => $"/{ApiVersion}/Accounts/{account}/Messages.json";

    public static string Message(string account, string sid) => $"/{ApiVersion}/Accounts/{account}/Messages/{sid}.json";

    public static string Media(string account, string sid) => $"/{ApiVersion}/Accounts/{account}/Messages/{sid}/Media.json";
}
