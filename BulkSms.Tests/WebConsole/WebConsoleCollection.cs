namespace BulkSms.Tests.WebConsole;

/// <summary>The tests in a browser run one after the other: it works hard, and so does the app beside it.</summary>
[CollectionDefinition("WebConsole")]
public sealed class WebConsoleCollection;
