namespace BulkSms.Tests.WebConsole;

/// <summary>
/// The tests in a browser run two at a time: a page and the app behind it work hard, and each waits for the other. Tests of one collection run one after the other. Tests that work on
/// files are the other collection, because they take as long as several of the rest.
/// </summary>
internal static class WebConsoleCollection
{
    public const string Screens = "WebConsole";
    public const string Files = "WebConsole files";
}
