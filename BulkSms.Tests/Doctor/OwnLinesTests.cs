using BulkSms.Doctor;
using BulkSms.Health;
using BulkSms.Http;
using BulkSms.Twilio;
using BulkSms.Twilio.Account;

namespace BulkSms.Tests.Doctor;

public sealed class OwnLinesTests
{
    private const string StatusUrl = "https://app.example/api/webhooks/status?b=1&c=2&r=3&s=0";
    private const string OptOutUrl = "https://app.example/api/webhooks/optout";

    [Fact]
    public void WebhookFailures_OfOurs_AreToldByTheirAge()
    {
        Failing(Alert(StatusUrl, 50), Alert(OptOutUrl, 59), Alert(StatusUrl, 300)).Says(
            "webhookFailures", "failure", "Twilio has recorded 3 failed calls of webhooks/optout and webhooks/status in the last 24 hours, the last at 2030-01-07T07:10:00.000Z (code 11200).");
        Failing(Alert(StatusUrl, 61)).Says(
            "webhookFailures", "warning", "Twilio has recorded 1 failed call of webhooks/status in the last 24 hours, the last at 2030-01-07T06:59:00.000Z (code 11200).");
        Failing(Alert(StatusUrl, 25 * 60)).Says("webhookFailures", "ok", "Twilio has recorded no failed call in the last 24 hours.");
    }

    [Fact]
    public void WebhookFailures_OfEachRouteThatTwilioCalls_AreTold()
    {
        var routes = typeof(Routes).GetFields().Select(field => field.GetRawConstantValue() as string).Where(route => route?.StartsWith("webhooks/", StringComparison.Ordinal) is true).ToArray();
        Assert.Equal(3, routes.Length);
        Assert.All(routes, route => Failing(Alert($"https://app.example/{Routes.Prefix}/{route}", 1)).Says(
            "webhookFailures", "failure", $"Twilio has recorded 1 failed call of {route} in the last 24 hours, the last at 2030-01-07T07:59:00.000Z (code 11200)."));
    }

    [Theory]
    [InlineData("https://other.example/api/webhooks/status")]
    [InlineData("http://app.example/api/webhooks/status")]
    [InlineData("https://app.example/api/v1/broadcasts")]
    [InlineData("https://api.twilio.com/2010-04-01/Accounts/AC0/Messages.json")]
    public void WebhookFailures_OfOthers_AreNotOurs(string url) => Failing(Alert(url, 1)).Says("webhookFailures", "ok", "Twilio has recorded no failed call in the last 24 hours.");

    [Fact]
    public void WebhookFailures_WithoutAnAddressThatTwilioReaches_AreFoundWithoutAsking()
    {
        var unasked = SomeFacts.Well with { Alerts = new(null, 500, "why") };
        unasked.Says("webhookFailures", "unknown", "why");
        (unasked with { Own = unasked.Own with { PublicBaseUrl = null } }).Says(
            "webhookFailures", "warning", "This app has no public address: Twilio does not call back, and is asked about each message instead.");
        var local = unasked with { Own = unasked.Own with { PublicBaseUrl = new("http://127.0.0.1:7071") } };
        local.Says("webhookFailures", "failure", "The public address is this machine's own, which Twilio cannot reach.");
        (local with { Alerts = SomeFacts.Alerts(), Own = local.Own with { IsSimulated = true } }).Says("webhookFailures", "ok", "Twilio has recorded no failed call in the last 24 hours.");
    }

    [Theory]
    [InlineData(0, 100, "ok", "It agrees with Twilio's.")]
    [InlineData(5.4, 100, "ok", "It agrees with Twilio's.")] // the date cuts the second off
    [InlineData(-8, 8000, "ok", "It agrees with Twilio's.")] // when in these 8 seconds it was written is not known
    [InlineData(8, 100, "warning", "It is about 8 seconds ahead of Twilio's.")]
    [InlineData(-8, 100, "warning", "It is about 8 seconds behind Twilio's.")]
    [InlineData(-40, 100, "failure", "It is about 40 seconds behind Twilio's.")]
    [InlineData(7200, 100, "failure", "It is about 7200 seconds ahead of Twilio's.")]
    public void Clock_BesideTwilios_IsJudged(double ahead, double took, string expected, string found) => (SomeFacts.Well with
    {
        Account = Asked.Known<AccountFact>(new("active", "Full", IsSubaccount: false, new TwilioClock(SomeFacts.Now, SomeFacts.Now.AddSeconds(ahead + 0.5), TimeSpan.FromMilliseconds(took)))),
    }).Says("clock", expected, found);

    [Fact]
    public void Clock_WithoutADate_IsUnknown() =>
        (SomeFacts.Well with { Account = Asked.Known<AccountFact>(new("active", "Full", IsSubaccount: false, null)) }).Says("clock", "unknown", "Twilio's answer had no date.");

    [Fact]
    public void Storage_OfEveryState_IsJudged()
    {
        SomeFacts.Well.Says("storage", "ok", "It answers, the slowest part after 12 ms.");
        (SomeFacts.Well with { Storage = SomeFacts.Storage(new("tables", "up", 9), new("blobs", "up", 1000)) }).Says("storage", "warning", "It answers, the slowest part after 1000 ms.");
        (SomeFacts.Well with { Storage = SomeFacts.Storage(new("tables", "down", 1500), new("queues", "up", 9), new HealthCheckView("blobs", "down", 3)) })
            .Says("storage", "failure", "No answer from tables, blobs.");
    }

    [Fact]
    public void Secrets_OfEveryAge_AreJudged()
    {
        Aged(-1, null).Says("secrets", "ok", "The auth token is in the vault since 1 day.");
        Aged(-364, null).Says("secrets", "ok", "The auth token is in the vault since 364 days.");
        Aged(-365, null).Says("secrets", "warning", "The auth token is in the vault since 365 days.");
        Aged(-30, 31).Says("secrets", "ok", "The auth token is in the vault since 30 days.");
        Aged(-30, 30).Says("secrets", "warning", "The auth token is to be replaced until 2030-02-06T08:00:00.000Z.");
        Aged(-30, -1).Says("secrets", "warning", "The auth token is to be replaced since 2030-01-06T08:00:00.000Z.");
        (SomeFacts.Well with { AuthToken = Asked.Known<SecretFact>(new(null, null)) }).Says("secrets", "unknown", "The vault does not say how old the auth token is.");
        (SomeFacts.Well with { AuthToken = Asked.Unknown<SecretFact>("Key Vault did not answer.") }).Says("secrets", "unknown", "Key Vault did not answer.");
        (SomeFacts.Well with { AuthToken = Asked.Unknown<SecretFact>("why"), Own = SomeFacts.Well.Own with { HasVault = false } }).Says("secrets", "unknown", "why");
    }

    [Fact]
    public void Version_IsShown() => SomeFacts.Well.Says("version", "ok", "BulkSms 0.1.0 on .NET 10.0.0.");

    private static WebhookAlert Alert(string url, int minutesAgo) => new(new(url), "11200", SomeFacts.Now.AddMinutes(-minutesAgo));

    private static DoctorFacts Failing(params WebhookAlert[] alerts) => SomeFacts.Well with { Alerts = SomeFacts.Alerts(alerts) };

    private static DoctorFacts Aged(int created, int? expires) => SomeFacts.Well with
    {
        AuthToken = Asked.Known<SecretFact>(new(SomeFacts.Now.AddDays(created), expires is { } days ? SomeFacts.Now.AddDays(days) : null)),
    };
}
