using BulkSms.Doctor;
using BulkSms.Twilio.Account;

namespace BulkSms.Tests.Doctor;

public sealed class CarrierLinesTests
{
    private static readonly SenderFact TollFree = new(SenderKind.TollFree, "US", SendsTexts: true) { Sid = "PN1" };
    private static readonly SenderFact Other = TollFree with { Sid = "PN2" };

    [Fact]
    public void TollFree_OfEachVerification_IsJudged()
    {
        SomeFacts.Well.Says("tollFreeVerification", "ok", "None is needed: no toll-free number is in the sender pool.");
        Pool(TollFree with { SendsTexts = false }).Says("tollFreeVerification", "ok", "None is needed: no toll-free number is in the sender pool."); // no text comes from it
        Pool(TollFree).Says("tollFreeVerification", "failure", "1 of 1 toll-free number is not verified: no verification is handed in for 1.");
        Verified(("PN1", "TWILIO_APPROVED")).Says("tollFreeVerification", "failure", "1 of 2 toll-free numbers are not verified: no verification is handed in for 1.");
        Verified(("PN1", "TWILIO_APPROVED"), ("PN2", "TWILIO_REJECTED")).Says("tollFreeVerification", "failure", "1 of 2 toll-free numbers are not verified: Twilio refused 1.");
        Verified(("PN1", "PENDING_REVIEW"), ("PN2", "IN_REVIEW")).Says("tollFreeVerification", "failure", "2 of 2 toll-free numbers are not verified yet: Twilio reviews 2.");
        Verified(("PN1", "TWILIO_APPROVED"), ("PN2", "A_NEW_WORD")).Says("tollFreeVerification", "failure", "1 of 2 toll-free numbers are not verified yet: Twilio reviews 1.");
        Verified(("PN1", "TWILIO_REJECTED"), ("PN1", "TWILIO_APPROVED"), ("PN2", "TWILIO_APPROVED")).Says("tollFreeVerification", "ok", "All 2 toll-free numbers are verified.");
        (Pool(TollFree) with { TollFree = new(null, 500, "why") }).Says("tollFreeVerification", "unknown", "why");
        (SomeFacts.Well with { Senders = new(null, 500, "why") }).Says("tollFreeVerification", "unknown", "why");
    }

    [Fact]
    public void TollFree_WithoutAnIdentifier_IsNoOtherNumbers() =>
        (Pool(TollFree with { Sid = null }) with { TollFree = SomeFacts.TollFree(new TollFreeFact(null, "TWILIO_APPROVED")) })
            .Says("tollFreeVerification", "failure", "1 of 1 toll-free number is not verified: no verification is handed in for 1.");

    [Theory]
    [InlineData("TOP", null, false, 200_000)]
    [InlineData("UPPER_MID", 90, false, 40_000)]
    [InlineData("LOWER_MID", null, false, 10_000)]
    [InlineData("LOW", null, true, 2_000)]
    [InlineData(null, 75, false, 200_000)]
    [InlineData("A_NEW_WORD", 74, false, 40_000)]
    [InlineData(null, 49, false, 10_000)]
    [InlineData(null, 24, false, 2_000)]
    [InlineData(null, 0, true, 200_000)]
    [InlineData(null, null, false, null)]
    public void SegmentsADay_OfTheClassElseOfTheScore_AreTMobiles(string? tier, int? score, bool russell, int? expected) =>
        Assert.Equal(expected, TMobile.SegmentsADay(SomeFacts.Campaign with { TMobileTier = tier }, new("BN1", IsSoleProprietor: false, score, russell)));

    [Fact]
    public void SegmentsADay_OfSmallRegistrations_AreFew()
    {
        Assert.Equal(1_000, TMobile.SegmentsADay(SomeFacts.Campaign, new("BN1", IsSoleProprietor: true, 80, IsRussell3000: false)));
        Assert.Equal(1_000, TMobile.SegmentsADay(SomeFacts.Campaign with { UseCase = "SOLE_PROPRIETOR" }, null));
        Assert.Equal(2_000, TMobile.SegmentsADay(SomeFacts.Campaign with { TMobileTier = null, UseCase = "LOW_VOLUME" }, null));
    }

    [Fact]
    public void DailyLimit_BesideTheRate_IsJudged()
    {
        SomeFacts.Well.Says("dailyLimit", "ok", "T-Mobile takes about 200,000 segments a day from all campaigns of the brand. All instances together hand over as many in 6 hours.");
        Limited(SomeFacts.Campaign with { TMobileTier = "LOW" }).Says("dailyLimit", "warning", "T-Mobile takes about 2,000 segments a day from all campaigns of the brand. All instances together hand over as many in 3 minutes.");
        (Limited(SomeFacts.Campaign with { TMobileTier = null, BrandSid = "BN2" }) with { Brands = SomeFacts.Brands(new("BN1", false, 10, false), new("BN2", false, 30, false)) })
            .Says("dailyLimit", "ok", "T-Mobile takes about 10,000 segments a day from all campaigns of the brand. All instances together hand over as many in 17 minutes.");
        Limited(SomeFacts.Campaign with { TMobileTier = null }).Says("dailyLimit", "unknown", "Twilio does not tell T-Mobile's class, nor a score of the brand.");
        (Limited(SomeFacts.Campaign with { TMobileTier = null }) with { Brands = new(null, 500, "why") }).Says("dailyLimit", "unknown", "why");
        Limited(SomeFacts.Campaign with { IsMock = true }).Says("dailyLimit", "unknown", "No campaign is verified.");
        Pool(TollFree).Says("dailyLimit", "ok", "None is known: no local number of the United States is in the sender pool.");
        (SomeFacts.Well with { Campaigns = new(null, 500, "why") }).Says("dailyLimit", "unknown", "why");
    }

    private static DoctorFacts Pool(params SenderFact[] senders) => SomeFacts.Well with { Senders = SomeFacts.Senders(senders) };

    private static DoctorFacts Verified(params (string Number, string Status)[] verifications) =>
        Pool(TollFree, Other) with { TollFree = SomeFacts.TollFree([.. verifications.Select(each => new TollFreeFact(each.Number, each.Status))]) };

    private static DoctorFacts Limited(CampaignFact campaign) => SomeFacts.Well with { Campaigns = SomeFacts.Campaigns(campaign) };
}
