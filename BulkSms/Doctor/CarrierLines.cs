using System.Globalization;
using BulkSms.Twilio.Account;

namespace BulkSms.Doctor;

/// <summary>What carriers of North America ask for beside a campaign: verified toll-free numbers, and no more than so much a day.</summary>
internal static class CarrierLines
{
    /// <summary>A limit of a day that the configured rate uses up sooner than this is reached by one broadcast.</summary>
    private static readonly TimeSpan SoonUsedUp = TimeSpan.FromMinutes(10);

    public static DoctorLine TollFree(DoctorFacts facts) =>
        Finding.Of(facts.Senders, senders => Verified([.. senders.Where(sender => sender is { Kind: SenderKind.TollFree, SendsTexts: true })], facts.TollFree))
            .Line("tollFreeVerification", "Texts from a toll-free number that is not verified are blocked (30032).");

    public static DoctorLine DailyLimit(DoctorFacts facts) =>
        Daily(facts).Line("dailyLimit", "What is sent to T-Mobile's customers above the day's limit is charged and not delivered, until midnight in Pacific time (30023, 30027).");

    private static Finding Verified(IReadOnlyList<SenderFact> numbers, Asked<IReadOnlyList<TollFreeFact>> asked) => numbers.Count == 0
        ? Finding.Ok("None is needed: no toll-free number is in the sender pool.")
        : Finding.Of(asked, verifications =>
        {
            var states = numbers.Select(number => StateOf(number, verifications)).ToArray();
            var missing = states.Count(state => state != TollFreeFact.Approved);
            var found = $"{missing} of {numbers.Count} toll-free {(numbers.Count == 1 ? "number is" : "numbers are")} not verified";
            return missing == 0 ? Finding.Ok($"{(numbers.Count == 1 ? "The toll-free number is" : $"All {numbers.Count} toll-free numbers are")} verified.")
                : states.Contains(null) ? Finding.Failure($"{found}: no verification is handed in for {states.Count(state => state is null)}.", "Hand it in at Twilio's console, under Phone numbers, or take the number out of the sender pool.")
                : states.Contains(TollFreeFact.Rejected) ? Finding.Failure($"{found}: Twilio refused {states.Count(state => state == TollFreeFact.Rejected)}.", "Correct what Twilio's console names, and hand the verification in again.")
                : Finding.Failure($"{found} yet: Twilio reviews {missing}.", "Wait until Twilio's console shows it as approved, or take the number out of the sender pool until then.");
        });

    // Of several for one number the best counts: an older one that was refused does not block it.
    private static string? StateOf(SenderFact number, IReadOnlyList<TollFreeFact> verifications) => verifications
        .Where(each => each.NumberSid is not null && each.NumberSid == number.Sid)
        .Select(each => each.Status)
        .OrderBy(status => status switch { TollFreeFact.Approved => 0, TollFreeFact.Rejected => 2, _ => 1 })
        .FirstOrDefault();

    private static Finding Daily(DoctorFacts facts)
    {
        if (facts.Senders.Value is { } senders && !senders.Any(SenderLines.IsUnitedStatesLongCode))
        {
            return Finding.Ok("None is known: no local number of the United States is in the sender pool.");
        }

        return Finding.Of(facts.Campaigns, campaigns => campaigns.FirstOrDefault(SenderLines.IsInUse) is not { } campaign
            ? Finding.Unknown("No campaign is verified.", "See a2pCampaign.")
            : TMobile.SegmentsADay(campaign, facts.Brands.Value?.FirstOrDefault(brand => brand.Sid == campaign.BrandSid)) is { } limit ? Judge(limit, facts.Own.SegmentsPerSecond)
            : facts.Brands.IsKnown ? Finding.Unknown("Twilio does not tell T-Mobile's class, nor a score of the brand.", "Look at the brand in Twilio's console, under Regulatory Compliance.")
            : Finding.NotAsked(facts.Brands));
    }

    private static Finding Judge(int limit, double rate)
    {
        var usedUp = TimeSpan.FromSeconds(limit / rate);
        var found = string.Create(CultureInfo.InvariantCulture, $"T-Mobile takes about {limit:N0} segments a day from all campaigns of the brand. All instances together hand over as many in {Spoken(usedUp)}");
        return usedUp < SoonUsedUp
            ? Finding.Warning($"{found}.", "Send larger broadcasts over several days or from a toll-free number or a short code, or ask Twilio for a higher score of the brand (secondary vetting).")
            : Finding.Ok($"{found}.");
    }

    private static string Spoken(TimeSpan time) =>
        time.TotalMinutes < 2 ? FormattableString.Invariant($"{time.TotalSeconds:0} seconds")
        : time.TotalHours < 2 ? FormattableString.Invariant($"{time.TotalMinutes:0} minutes")
        : FormattableString.Invariant($"{time.TotalHours:0} hours");
}
