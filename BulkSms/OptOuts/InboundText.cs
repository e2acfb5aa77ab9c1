using BulkSms.OptOuts.Wording;

namespace BulkSms.OptOuts;

/// <summary>Reads what a text to us asks for: Twilio's verdict if it gives one, else the words. What is clear in no language we know is nothing, or for a person to decide.</summary>
public static class InboundText
{
    /// <param name="optOutType">STOP, START or HELP from Twilio's Advanced Opt-Out; null or empty without it.</param>
    /// <param name="body">The text; null: none.</param>
    public static InboundVerdict Read(string? optOutType, string? body) => optOutType?.Trim().ToUpperInvariant() switch
    {
        "STOP" => InboundVerdict.OptOut,
        "START" => InboundVerdict.OptIn,
        "HELP" => InboundVerdict.None,
        _ => Read(body ?? ""),
    };

    private static InboundVerdict Read(string body)
    {
        var text = Signature.WithoutDevice(Quotation.Without(CleanText.Of(body)));
        return Wordings.IsOptIn(text) ? InboundVerdict.OptIn
            : Wordings.IsOptOut(text) || (Signature.WithoutName(text) is { } unsigned && Wordings.IsOptOut(unsigned)) ? InboundVerdict.OptOut
            : Wordings.IsUnclear(text) ? InboundVerdict.Review
            : InboundVerdict.None;
    }
}
