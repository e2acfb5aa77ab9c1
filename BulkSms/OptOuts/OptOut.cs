namespace BulkSms.OptOuts;

/// <summary>A phone that is not to be texted.</summary>
/// <param name="Phone">E.164, of a phone with several numbers today's; or what a sender that is no number was called.</param>
/// <param name="Since">When they opted out first.</param>
/// <param name="Source">How we know; one of <see cref="OptOutSource"/>.</param>
public sealed record OptOut(string Phone, DateTimeOffset Since, string Source);

/// <summary>What the log says about one number.</summary>
/// <param name="Phone">As <see cref="OptOut.Phone"/>.</param>
/// <param name="OptedOut">Whether it was added (else taken away).</param>
/// <param name="At">When it was written, by storage's clock.</param>
/// <param name="IsReview">Whether it is about the review list, not the opt-outs.</param>
/// <param name="IsKept">Whether it is about a hash of an erased person's number, and tells that no more.</param>
/// <param name="IsReload">Whether the list is to be loaded anew, since phones were taken off that no line may name.</param>
public readonly record struct OptOutChange(string Phone, bool OptedOut, DateTimeOffset At, bool IsReview = false, bool IsKept = false, bool IsReload = false);

/// <summary>How we know of an opt-out. Only these words: the export shows them, and a spreadsheet must find no formula in it.</summary>
public static class OptOutSource
{
    /// <summary>They texted STOP or the like.</summary>
    public const string Text = "text";

    /// <summary>Twilio refused the number with 21610.</summary>
    public const string Twilio = "twilio-21610";

    /// <summary>A caller of the API added it.</summary>
    public const string Api = "api";

    /// <summary>It came with a list.</summary>
    public const string Import = "import";

    /// <summary>The person is erased, and a hash of the number is kept.</summary>
    public const string Erased = "erased";

    /// <summary>They texted something, and a person decided that it was an opt-out.</summary>
    public const string Review = "review";
}
