using BulkSms.LocalHost;

namespace BulkSms.Tests.LocalHost;

/// <summary>What LocalHost prints when it has started.</summary>
public sealed class GreetingTests
{
    private static readonly Uri Here = new("http://127.0.0.1:7071/");

    [Theory]
    [InlineData("http://127.0.0.1:7071", "http://127.0.0.1:7071/api/webhooks/optout#rc=5&rp=all")]
    [InlineData("https://tunnel.example:8443/", "https://tunnel.example:8443/api/webhooks/optout#rc=5&rp=all")]
    public void Of_AnAppThatTwilioCanCall_SaysTheInboundWebhookWithItsRetries(string publicUrl, string webhook) =>
        Assert.Contains($": {webhook}{Environment.NewLine}", Of(new(publicUrl)), StringComparison.Ordinal);

    [Fact]
    public void Of_AnAppThatTwilioCannotCall_SaysThatTextsAreNotReceived() =>
        Assert.Contains("texts from recipients are not received: Webhooks__PublicBaseUrl is not set", Of(null), StringComparison.Ordinal);

    [Fact]
    public void Of_ABuildWithTheConsole_LinksItWithTheKeyInTheFragment() =>
        Assert.Contains($"http://127.0.0.1:7071/api/console/#key=key{Environment.NewLine}", Of(null), StringComparison.Ordinal);

    [Fact]
    public void Of_ABuildWithoutTheConsole_SaysSo() => Assert.Contains("not part of this build", Of(null, hasConsole: false), StringComparison.Ordinal);

    private static string Of(Uri? publicUrl, bool hasConsole = true) => Greeting.Of(Here, "key", "in memory", new("https://api.twilio.com"), publicUrl, hasConsole).ReplaceLineEndings();
}
