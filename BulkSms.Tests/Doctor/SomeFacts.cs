using BulkSms.Doctor;
using BulkSms.Health;
using BulkSms.OptOuts;
using BulkSms.StatusCallbacks;
using BulkSms.Twilio;
using BulkSms.Twilio.Account;

namespace BulkSms.Tests.Doctor;

/// <summary>Facts of an account and an app that are well; tests change one of them.</summary>
internal static class SomeFacts
{
    public static readonly DateTimeOffset Now = new(2030, 1, 7, 8, 0, 0, TimeSpan.Zero);
    public static readonly Uri Root = new("https://app.example/");

    public static readonly ServiceFact Service = new(OptOutWebhook.UrlAt(Root), "POST", null, UsesWebhookOfNumber: false, SmartEncoding: false, StickySender: true, TimeSpan.FromHours(10), IsRegisteredForUs: true);

    public static readonly SenderFact LocalUs = new(SenderKind.LongCode, "US", SendsTexts: true);

    public static readonly CampaignFact Campaign = new("VERIFIED", IsMock: false, 75, "TOP", []);

    public static readonly DoctorFacts Well = new()
    {
        HasCredentials = true,
        Account = Asked.Known<AccountFact>(new("active", "Full", IsSubaccount: false, new TwilioClock(Now, Now, TimeSpan.FromMilliseconds(100)))),
        Balance = Asked.Known<BalanceFact>(new(812.4m, "USD")),
        Service = Asked.Known<ServiceFact>(Service),
        Links = Asked.Known<LinksFact>(new(HasDomain: true, ClickEndpoint.UrlAt(Root))),
        Senders = Senders(LocalUs),
        Campaigns = Campaigns(Campaign),
        Brands = Brands(),
        TollFree = TollFree(),
        Permissions = Permissions("US", "GB"),
        Alerts = Alerts(),
        Storage = Storage(new HealthCheckView("tables", "up", 9), new HealthCheckView("queues", "up", 12)),
        AuthToken = Asked.Known<SecretFact>(new(Now.AddDays(-30), null)),
        Own = new(Root, IsSimulated: false, SegmentsPerSecond: 10, ReadsInbound: true, HasVault: true, "0.1.0", ".NET 10.0.0"),
        Countries = [],
        Now = Now,
    };

    public static Asked<IReadOnlyList<SenderFact>> Senders(params SenderFact[] senders) => Asked.Known<IReadOnlyList<SenderFact>>(senders);

    public static Asked<IReadOnlyList<CampaignFact>> Campaigns(params CampaignFact[] campaigns) => Asked.Known<IReadOnlyList<CampaignFact>>(campaigns);

    public static Asked<IReadOnlyList<BrandFact>> Brands(params BrandFact[] brands) => Asked.Known<IReadOnlyList<BrandFact>>(brands);

    public static Asked<IReadOnlyList<TollFreeFact>> TollFree(params TollFreeFact[] verifications) => Asked.Known<IReadOnlyList<TollFreeFact>>(verifications);

    public static Asked<IReadOnlyList<WebhookAlert>> Alerts(params WebhookAlert[] alerts) => Asked.Known<IReadOnlyList<WebhookAlert>>(alerts);

    public static Asked<IReadOnlyList<HealthCheckView>> Storage(params HealthCheckView[] parts) => Asked.Known<IReadOnlyList<HealthCheckView>>(parts);

    public static Asked<PermissionFact> Permissions(params string[] enabled) =>
        Asked.Known<PermissionFact>(new(enabled.ToHashSet(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal) { "IN" }));

    /// <summary>The line of an id.</summary>
    public static DoctorLine Line(this DoctorFacts facts, string id) => Diagnosis.Of(facts).Single(line => line.Id == id);

    /// <summary>The line of an id has this status and says this.</summary>
    public static void Says(this DoctorFacts facts, string id, string status, string found)
    {
        var line = facts.Line(id);
        Assert.Equal((status, found), (line.Status, line.Found));
    }
}
