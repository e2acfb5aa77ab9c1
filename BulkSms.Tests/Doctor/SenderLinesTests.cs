using BulkSms.Doctor;
using BulkSms.Twilio.Account;

namespace BulkSms.Tests.Doctor;

public sealed class SenderLinesTests
{
    private static readonly SenderFact ShortCode = new(SenderKind.ShortCode, "US", SendsTexts: true);
    private static readonly SenderFact TollFree = new(SenderKind.TollFree, "US", SendsTexts: true);
    private static readonly SenderFact German = new(SenderKind.LongCode, "DE", SendsTexts: true);
    private static readonly SenderFact Name = new(SenderKind.Alphanumeric, null, SendsTexts: true);

    [Theory]
    [InlineData(404, "failure", "The account has no Messaging Service of this SID.")]
    [InlineData(503, "unknown", "why")]
    public void MessagingService_Missing_IsToldFromNoAnswer(int status, string expected, string found) =>
        (SomeFacts.Well with { Service = new(null, status, "why") }).Says("messagingService", expected, found);

    [Fact]
    public void Senders_OfEveryPool_AreCountedWithoutTheirNumbers()
    {
        With().Says("senders", "failure", "The Messaging Service has no sender.");
        With(German with { SendsTexts = false }).Says("senders", "failure", "1 long code of DE: none may send texts.");
        With(German, TollFree with { SendsTexts = false }).Says("senders", "warning", "1 long code of DE, 1 toll-free of US: 1 may not send texts.");
        With(SomeFacts.LocalUs, SomeFacts.LocalUs, German, TollFree, ShortCode, Name)
            .Says("senders", "ok", "1 long code of DE, 2 long code of US, 1 toll-free of US, 1 short code of US, 1 alphanumeric.");
    }

    [Fact]
    public void Campaign_OfEveryState_IsJudged()
    {
        With(German, ShortCode, TollFree).Says("a2pCampaign", "ok", "None is needed: no local number of the United States is in the sender pool.");
        WithCampaign().Says("a2pCampaign", "failure", "None is registered.");
        WithCampaign(SomeFacts.Campaign).Says("a2pCampaign", "ok", "It is verified; AT&T takes 75 messages a second; T-Mobile has it in the class TOP, which bounds messages a day.");
        WithCampaign(SomeFacts.Campaign with { AttPerSecond = null, TMobileTier = null }).Says("a2pCampaign", "ok", "It is verified.");
        WithCampaign(SomeFacts.Campaign with { IsMock = true }).Says("a2pCampaign", "failure", "Only a mock campaign is registered, which is for tests.");
        WithCampaign(SomeFacts.Campaign with { Status = "FAILED", Errors = ["30897", "30882"] }).Says("a2pCampaign", "failure", "It was refused (code 30897, 30882).");
        WithCampaign(SomeFacts.Campaign with { Status = "IN_PROGRESS" }).Says("a2pCampaign", "failure", "It is not verified yet.");
        (SomeFacts.Well with { Campaigns = new(null, 500, "why") }).Says("a2pCampaign", "unknown", "why");
        (SomeFacts.Well with { Senders = new(null, 500, "why"), Campaigns = SomeFacts.Campaigns() }).Says("a2pCampaign", "failure", "None is registered."); // there may be a local number
    }

    [Fact]
    public void Rate_BesideWhatThePoolSends_IsJudged()
    {
        SomeFacts.Well.Says("rate", "ok", "All instances together hand over up to 10 segments a second; the senders send about 75.");
        WithCampaign(SomeFacts.Campaign with { AttPerSecond = 1.25 }).Says("rate", "warning", "All instances together hand over up to 10 segments a second; the senders send about 1.25.");
        WithCampaign().Says("rate", "warning", "All instances together hand over up to 10 segments a second; the senders send about 1.");
        Assert.Equal("Set Sending__SegmentsPerSecond to 1, or ask Twilio for more.", WithCampaign().Line("rate").Action);
        With(TollFree, TollFree).Says("rate", "warning", "All instances together hand over up to 10 segments a second; the senders send about 6.");
        With(German).Says("rate", "ok", "All instances together hand over up to 10 segments a second; the senders send about 10.");
        With(ShortCode, Name, German with { Country = "CA" }).Says("rate", "ok", "All instances together hand over up to 10 segments a second; the senders send about 111.");
        With().Says("rate", "unknown", "All instances together hand over up to 10 segments a second; the senders send about 0.");
        (SomeFacts.Well with { Campaigns = new(null, 500, "why") }).Says(
            "rate", "warning", "All instances together hand over up to 10 segments a second; the senders send about 1, the campaign's limits not counted.");
        (SomeFacts.Well with { Senders = new(null, 500, "why") }).Says("rate", "unknown", "why");
    }

    [Fact]
    public void GeoPermissions_OfCountriesAskedOrOfTheSenders_AreJudged()
    {
        Asking("US", "GB").Says("geoPermissions", "ok", "The account may text US, GB.");
        Asking("US", "IN", "ZZ").Says("geoPermissions", "failure", "The account may not text IN, ZZ."); // one is refused, one is not listed
        SomeFacts.Well.Says("geoPermissions", "ok", "The account may text US.");
        With(German).Says("geoPermissions", "warning", "The account may not text DE, where it has a sender.");
        With(Name).Says("geoPermissions", "ok", "The account may text 2 countries.");
        (Asking("US") with { Permissions = new(null, 403, "why") }).Says("geoPermissions", "unknown", "why");
    }

    [Theory]
    [InlineData("+18005550100", SenderKind.TollFree)]
    [InlineData("+18885550100", SenderKind.TollFree)]
    [InlineData("+12015550100", SenderKind.LongCode)]
    [InlineData("+498005550100", SenderKind.LongCode)]
    [InlineData("+1", SenderKind.LongCode)]
    [InlineData(null, SenderKind.LongCode)]
    public void Number_OfAPool_IsKnownByItsCode(string? number, SenderKind expected) => Assert.Equal(expected, SenderReading.Number(number, "US", ["SMS"]).Kind);

    [Fact]
    public void Capabilities_WithoutTexts_SendNone()
    {
        Assert.False(SenderReading.Number("+12015550100", "US", ["Voice"]).SendsTexts);
        Assert.True(SenderReading.Number("+12015550100", "US", ["Voice", "sms"]).SendsTexts);
        Assert.True(SenderReading.Number("+12015550100", "US", []).SendsTexts); // nothing is told
        Assert.True(SenderReading.Name(null).SendsTexts);
    }

    private static DoctorFacts With(params SenderFact[] senders) => SomeFacts.Well with { Senders = SomeFacts.Senders(senders) };

    private static DoctorFacts WithCampaign(params CampaignFact[] campaigns) => SomeFacts.Well with { Campaigns = SomeFacts.Campaigns(campaigns) };

    private static DoctorFacts Asking(params string[] countries) => SomeFacts.Well with { Countries = countries };
}
