namespace BulkSms.Twilio.Account;

/// <summary>What kind of sender an entry of the pool is. Its number is looked at here, and goes no further.</summary>
public static class SenderReading
{
    private const string Texts = "SMS";

    /// <summary>North America's toll-free codes, behind +1.</summary>
    private static readonly string[] TollFree = ["800", "833", "844", "855", "866", "877", "888"];

    public static SenderFact Number(string? number, string? country, IReadOnlyList<string>? capabilities) => new(
        number is ['+', '1', _, _, _, ..] && TollFree.Contains(number[2..5]) ? SenderKind.TollFree : SenderKind.LongCode, country, SendsTexts(capabilities));

    public static SenderFact ShortCode(string? country, IReadOnlyList<string>? capabilities) => new(SenderKind.ShortCode, country, SendsTexts(capabilities));

    public static SenderFact Name(IReadOnlyList<string>? capabilities) => new(SenderKind.Alphanumeric, null, SendsTexts(capabilities));

    // An empty list is what Twilio's own examples show: nothing is concluded from it.
    private static bool SendsTexts(IReadOnlyList<string>? capabilities) => capabilities is null or [] || capabilities.Contains(Texts, StringComparer.OrdinalIgnoreCase);
}
