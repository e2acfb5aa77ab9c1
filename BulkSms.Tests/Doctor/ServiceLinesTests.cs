using BulkSms.Doctor;
using BulkSms.Twilio.Account;

namespace BulkSms.Tests.Doctor;

public sealed class ServiceLinesTests
{
    private const string Ours = "https://app.example/api/webhooks/optout";

    [Theory]
    [InlineData(Ours + "#rc=5&rp=all", "ok", "It is this app's.")]
    [InlineData(Ours, "ok", "It is this app's.")] // its repeats are another line
    [InlineData(Ours + "/", "ok", "It is this app's.")]
    [InlineData(Ours + "?a=b#rc=5&rp=all", "ok", "It is this app's.")]
    [InlineData(null, "failure", "None is set.")]
    [InlineData("http://app.example/api/webhooks/optout", "failure", "It is http://app.example/api/webhooks/optout, which is not this app's.")]
    [InlineData("https://app.example:8443/api/webhooks/optout", "failure", "It is https://app.example:8443/api/webhooks/optout, which is not this app's.")]
    [InlineData("https://app.example/api/webhooks/status", "failure", "It is https://app.example/api/webhooks/status, which is not this app's.")]
    [InlineData("https://APP.example/api/webhooks/optout", "failure", "It is https://APP.example/api/webhooks/optout, which is not this app's.")] // signed as it is written
    [InlineData("https://hooks.example/T0/secret?token=s3cret", "failure", "It is https://hooks.example/…, which is not this app's.")]
    [InlineData("https://user:s3cret@app.example/x?token=s3cret", "failure", "It is https://app.example/x, which is not this app's.")]
    [InlineData("tel:+15551230001", "failure", "It is no address, which is not this app's.")]
    public void InboundWebhook_OfEveryAddress_IsComparedWithOurs(string? url, string expected, string found) => With(service => service with { InboundUrl = url }).Says("inboundWebhook", expected, found);

    [Fact]
    public void InboundWebhook_CalledInAnotherWay_Fails()
    {
        With(service => service with { InboundMethod = "GET" }).Says("inboundWebhook", "failure", "It is called by GET.");
        With(service => service with { UsesWebhookOfNumber = true }).Says("inboundWebhook", "failure", "The Messaging Service leaves it to each sender's own webhook.");
        var unreachable = SomeFacts.Well with { Own = SomeFacts.Well.Own with { PublicBaseUrl = null } };
        unreachable.Says("inboundWebhook", "warning", "This app has no public address, so none can be compared.");
        Assert.Equal("Set it to https://app.example/api/webhooks/optout#rc=5&rp=all.", With(service => service with { InboundUrl = null }).Line("inboundWebhook").Action);
    }

    [Theory]
    [InlineData(Ours + "#rc=5&rp=all", "ok", "They are asked for, whatever the reason.")]
    [InlineData(Ours + "#rp=all&rc=5", "ok", "They are asked for, whatever the reason.")]
    [InlineData(Ours + "#rc=5&rp=all&rt=4000", "ok", "They are asked for, whatever the reason.")]
    [InlineData(Ours + "#rc=3&rp=all", "warning", "Others are asked for than this app needs.")]
    [InlineData(Ours + "#rc=5&rp=5xx", "warning", "Others are asked for than this app needs.")]
    [InlineData(Ours + "#rc=5", "warning", "Others are asked for than this app needs.")]
    [InlineData(Ours, "warning", "None are asked for.")]
    [InlineData(null, "warning", "There is no inbound webhook.")]
    public void InboundRetries_OfEveryAddress_AreComparedWithOurs(string? url, string expected, string found) => With(service => service with { InboundUrl = url }).Says("inboundRetries", expected, found);

    [Theory]
    [InlineData(null, true, "ok", "None is set. What the webhook did not take is read from Twilio's list.")]
    [InlineData(null, false, "warning", "None is set, and Twilio's list is not read (OptOuts__ReadInboundEvery).")]
    [InlineData(Ours + "#rc=5&rp=all", false, "ok", "It is this app's.")]
    [InlineData("https://other.example/s3cret", true, "warning", "It is https://other.example/…, which is not this app's.")]
    public void Fallback_OfEveryAddress_IsJudged(string? url, bool readsInbound, string expected, string found) =>
        (With(service => service with { FallbackUrl = url }) with { Own = SomeFacts.Well.Own with { ReadsInbound = readsInbound } }).Says("fallbackUrl", expected, found);

    [Theory]
    [InlineData("https://app.example/api/webhooks/clicks#rc=5&rp=all", "ok", "It is this app's.")]
    [InlineData("https://app.example/api/webhooks/clicks", "warning", "It is this app's, without the repeats that this app needs.")]
    [InlineData(Ours + "#rc=5&rp=all", "warning", "It is https://app.example/api/webhooks/optout, which is not this app's.")]
    [InlineData("https://hooks.example/T0/secret?token=s3cret", "warning", "It is https://hooks.example/…, which is not this app's.")]
    [InlineData(null, "warning", "The link shortening domain has none.")]
    public void ClickCallback_OfEveryAddress_IsComparedWithOurs(string? url, string expected, string found) => WithLinks(Asked.Known<LinksFact>(new(HasDomain: true, url))).Says("clickCallback", expected, found);

    [Fact]
    public void ClickCallback_WithoutADomain_IsAPieceOfInformation()
    {
        const string none = "There is no link shortening domain: broadcasts cannot have short links.";
        var missing = new Asked<LinksFact>(null, 404, "Twilio answered with status 404.");

        WithLinks(missing).Says("clickCallback", "ok", none);
        WithLinks(Asked.Known<LinksFact>(new(HasDomain: false, null))).Says("clickCallback", "ok", none);
        (WithLinks(missing) with { Service = new(null, 404, "why") }).Says("clickCallback", "unknown", "Twilio answered with status 404."); // there is no such Messaging Service
        WithLinks(new(null, 403, "Twilio answered with status 403.")).Says("clickCallback", "unknown", "Twilio answered with status 403.");
        (SomeFacts.Well with { Own = SomeFacts.Well.Own with { PublicBaseUrl = null } }).Says("clickCallback", "warning", "This app has no public address, so none can be compared.");
        Assert.Equal(
            "Set the callback of the link shortening domain to https://app.example/api/webhooks/clicks#rc=5&rp=all, in Twilio's console.",
            WithLinks(Asked.Known<LinksFact>(new(HasDomain: true, null))).Line("clickCallback").Action);
    }

    [Fact]
    public void Switches_OfTheService_AreJudged()
    {
        With(service => service with { SmartEncoding = true }).Says("smartEncoding", "warning", "It is on.");
        With(service => service with { ValidityPeriod = TimeSpan.FromSeconds(600) }).Says("validityPeriod", "warning", "It is 600 seconds.");
        With(service => service with { StickySender = false }).Says("stickySender", "ok", "It is off; there is one sender.");
        var several = SomeFacts.Senders(SomeFacts.LocalUs, SomeFacts.LocalUs);
        (With(service => service with { StickySender = false }) with { Senders = several }).Says("stickySender", "warning", "It is off.");
        (With(service => service with { StickySender = false }) with { Senders = new(null, 500, "why") }).Says("stickySender", "warning", "It is off.");
    }

    private static DoctorFacts WithLinks(Asked<LinksFact> links) => SomeFacts.Well with { Links = links };

    private static DoctorFacts With(Func<ServiceFact, ServiceFact> change) => SomeFacts.Well with { Service = Asked.Known<ServiceFact>(change(SomeFacts.Service)) };
}
