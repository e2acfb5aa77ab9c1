using BulkSms.Twilio.Account;

namespace BulkSms.Doctor;

/// <summary>
/// How many segments a day T-Mobile takes of a brand. Twilio's API tells the class or the score, and no number; the numbers are those of Twilio's help page on T-Mobile's daily
/// limits (https://help.twilio.com/articles/1260804800549) and of other providers' documents, looked at on 2026-11-27.
/// </summary>
internal static class TMobile
{
    private const int Top = 200_000;
    private const int UpperMiddle = 40_000;
    private const int LowerMiddle = 10_000;
    private const int Low = 2_000;
    private const int SoleProprietor = 1_000;

    /// <param name="campaign">The campaign.</param>
    /// <param name="brand">Its brand; null: not known.</param>
    /// <returns>Null: nothing that was told says it.</returns>
    public static int? SegmentsADay(CampaignFact campaign, BrandFact? brand) => campaign.TMobileTier switch
    {
        _ when brand is { IsSoleProprietor: true } || campaign.UseCase == "SOLE_PROPRIETOR" => SoleProprietor,
        "TOP" => Top,
        "UPPER_MID" => UpperMiddle,
        "LOWER_MID" => LowerMiddle,
        "LOW" => Low,
        _ => brand switch
        {
            { IsRussell3000: true } => Top,
            { Score: >= 75 } => Top,
            { Score: >= 50 } => UpperMiddle,
            { Score: >= 25 } => LowerMiddle,
            { Score: >= 0 } => Low,
            _ when campaign.UseCase == "LOW_VOLUME" => Low,
            _ => null,
        },
    };
}
