using BulkSms.Twilio.Account;

namespace BulkSms.Doctor;

/// <summary>
/// How many segments a second a pool of senders sends, as Twilio documents each kind's default. It is a sum over all countries: towards one country only its own senders count.
/// Source: https://help.twilio.com/articles/115002943027, looked at on 2026-11-27.
/// </summary>
internal static class Throughput
{
    private const double NorthAmerica = 1;
    private const double Elsewhere = 10;
    private const double TollFree = 3;
    private const double ShortCode = 100;
    private const double Name = 10;

    public static double Of(IReadOnlyList<SenderFact> senders, IReadOnlyList<CampaignFact> campaigns)
    {
        var able = senders.Where(sender => sender.SendsTexts).ToArray();
        var local = able.Count(sender => sender is { Kind: SenderKind.LongCode, Country: "US" });
        return LocalOfUnitedStates(local, campaigns) + able.Where(sender => sender is not { Kind: SenderKind.LongCode, Country: "US" }).Sum(OfOne);
    }

    // A campaign has its own limits, whatever the number of its senders: AT&T's is the lowest a second, and all recipients may be AT&T's.
    private static double LocalOfUnitedStates(int senders, IReadOnlyList<CampaignFact> campaigns) => senders == 0 ? 0
        : campaigns.Where(SenderLines.IsInUse).Max(campaign => campaign.AttPerSecond) ?? senders * NorthAmerica;

    private static double OfOne(SenderFact sender) => sender switch
    {
        { Kind: SenderKind.TollFree } => TollFree,
        { Kind: SenderKind.ShortCode } => ShortCode,
        { Kind: SenderKind.Alphanumeric } => Name,
        { Country: "US" or "CA" } => NorthAmerica,
        _ => Elsewhere,
    };
}
