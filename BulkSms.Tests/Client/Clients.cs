using BulkSms.Client;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Client;

/// <summary>Clients of an app under test, whose answers are held to the API's document; and of a stub.</summary>
internal static class Clients
{
    public static BulkSmsClient Of(TestApp app, HttpMessageHandler? transport = null, int retries = 4) => new(new BulkSmsClientOptions
    {
        Address = app.Url,
        Key = TestApp.Key,
        Transport = transport ?? new ContractHandler(),
        RetryDelay = TimeSpan.FromMilliseconds(1),
        PollEvery = TimeSpan.FromMilliseconds(20),
        Retries = retries,
    });

    public static BulkSmsClient Of(StubTransport stub, TimeProvider? time = null) => new(new BulkSmsClientOptions
    {
        Address = new("https://bulksms.invalid/api/"),
        Key = "key",
        Transport = stub,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        Time = time ?? TimeProvider.System,
    });
}
