using System.Globalization;
using System.Net;
using BulkSms.Twilio.Account;

namespace BulkSms.Doctor;

/// <summary>Who sends, how fast, and to where: the pool, the registration for the United States, the rate, the countries.</summary>
internal static class SenderLines
{
    private const string UnitedStates = "US";
    private const string Verified = "VERIFIED";

    public static IEnumerable<DoctorLine> Of(DoctorFacts facts) =>
    [
        Service(facts).Line("messagingService", "Every message is sent through it."),
        Finding.Of(facts.Senders, Senders).Line("senders", "A Messaging Service without a sender that may send texts fails every message (21704)."),
        Campaign(facts).Line("a2pCampaign", "Texts from local numbers to the United States are blocked unless a verified campaign is registered (30034)."),
        CarrierLines.TollFree(facts),
        Rate(facts).Line("rate", "What is handed over faster than the senders can send waits at Twilio, and fails there when its queue is full or its time is up (30001, 30036)."),
        CarrierLines.DailyLimit(facts),
        Permissions(facts).Line("geoPermissions", "Twilio refuses every text to a country that the account has no permission for (21408)."),
    ];

    private static Finding Service(DoctorFacts facts) => facts.Service.Status == (int)HttpStatusCode.NotFound
        ? Finding.Failure("The account has no Messaging Service of this SID.", "Set Twilio__MessagingServiceSid to the one that Twilio's console shows.")
        : Finding.Of(facts.Service, _ => Finding.Ok("It is there."));

    private static Finding Senders(IReadOnlyList<SenderFact> senders) => senders.Count(sender => sender.SendsTexts) switch
    {
        0 when senders.Count == 0 => Finding.Failure("The Messaging Service has no sender.", "Add a number, a short code or an alphanumeric sender to its sender pool."),
        0 => Finding.Failure($"{Counted(senders)}: none may send texts.", "Add a sender that may send texts to the sender pool."),
        var able when able < senders.Count => Finding.Warning($"{Counted(senders)}: {senders.Count - able} may not send texts.", "Take the senders that may not send texts out of the sender pool."),
        _ => Finding.Ok($"{Counted(senders)}."),
    };

    private static Finding Campaign(DoctorFacts facts)
    {
        if (facts.Senders.Value is { } senders && !senders.Any(IsUnitedStatesLongCode))
        {
            return Finding.Ok("None is needed: no local number of the United States is in the sender pool.");
        }

        return Finding.Of(facts.Campaigns, campaigns => campaigns switch
        {
            [] => Finding.Failure("None is registered.", "Register a brand and a campaign for the Messaging Service in Twilio's console, under Regulatory Compliance."),
            _ when campaigns.Any(IsInUse) => Finding.Ok($"It is verified{Limits(campaigns)}."),
            _ when campaigns.Any(each => each.Status == Verified) => Finding.Failure("Only a mock campaign is registered, which is for tests.", "Register a real brand and a real campaign."),
            _ when campaigns.FirstOrDefault(each => each.Status == "FAILED") is { } failed => Finding.Failure(
                $"It was refused{(failed.Errors.Count == 0 ? "" : $" (code {string.Join(", ", failed.Errors)})")}.", "Correct what Twilio's console names, and hand the campaign in again."),
            _ => Finding.Failure("It is not verified yet.", "Wait until Twilio's console shows it as verified before you text numbers of the United States."),
        });
    }

    private static Finding Rate(DoctorFacts facts) => Finding.Of(facts.Senders, senders =>
    {
        var capacity = Throughput.Of(senders, facts.Campaigns.Value ?? []);
        var set = $"All instances together hand over up to {Number(facts.Own.SegmentsPerSecond)} segments a second; the senders send about {Number(capacity)}{(facts.Campaigns.IsKnown ? "" : ", the campaign's limits not counted")}";
        return capacity <= 0 ? Finding.Unknown($"{set}.", "Add a sender to the sender pool.")
            : facts.Own.SegmentsPerSecond > capacity ? Finding.Warning($"{set}.", $"Set Sending__SegmentsPerSecond to {Number(capacity)}, or ask Twilio for more.")
            : Finding.Ok($"{set}.");
    });

    private static Finding Permissions(DoctorFacts facts) => Finding.Of(facts.Permissions, permissions =>
    {
        var ofSenders = facts.Senders.Value?.Select(sender => sender.Country).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray() ?? [];
        var countries = facts.Countries.Count > 0 ? facts.Countries : ofSenders;
        var refused = countries.Where(country => !permissions.Enabled.Contains(country)).ToArray();
        const string Allow = "Switch them on in Twilio's console, under Messaging, Settings, Geo permissions.";
        return countries.Count == 0 ? Finding.Ok($"The account may text {permissions.Enabled.Count} countries.")
            : refused.Length == 0 ? Finding.Ok($"The account may text {string.Join(", ", countries)}.")
            : facts.Countries.Count > 0 ? Finding.Failure($"The account may not text {string.Join(", ", refused)}.", Allow)
            : Finding.Warning($"The account may not text {string.Join(", ", refused)}, where it has a sender.", Allow);
    });

    public static bool IsUnitedStatesLongCode(SenderFact sender) => sender is { Kind: SenderKind.LongCode, Country: UnitedStates };

    /// <summary>Texts are sent under it.</summary>
    public static bool IsInUse(CampaignFact campaign) => campaign is { Status: Verified, IsMock: false };

    private static string Limits(IReadOnlyList<CampaignFact> campaigns)
    {
        var campaign = campaigns.First(IsInUse);
        return (campaign.AttPerSecond is { } att ? $"; AT&T takes {Number(att)} messages a second" : "")
            + (campaign.TMobileTier is { Length: <= 20 } tier && tier.All(each => char.IsAsciiLetterOrDigit(each) || each is '_' or ' ') ? $"; T-Mobile has it in the class {tier}, which bounds messages a day" : "");
    }

    private static string Counted(IReadOnlyList<SenderFact> senders) => string.Join(", ", senders
        .GroupBy(sender => (sender.Kind, sender.Country))
        .OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.Country, StringComparer.Ordinal)
        .Select(group => $"{group.Count()} {Word(group.Key.Kind)}{(group.Key.Country is { } country ? $" of {country}" : "")}"));

    private static string Word(SenderKind kind) => kind switch
    {
        SenderKind.TollFree => "toll-free",
        SenderKind.ShortCode => "short code",
        SenderKind.Alphanumeric => "alphanumeric",
        _ => "long code",
    };

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
