using System.Text.RegularExpressions;
using BulkSms.OptOuts.Wording;

namespace BulkSms.OptOuts;

/// <summary>A text to us that asks for something.</summary>
/// <param name="Sid">Twilio's id; null when there is none that can be one.</param>
/// <param name="Verdict">What it asks for.</param>
/// <param name="At">When Twilio took it; when we heard of it, where Twilio has not told.</param>
/// <param name="IsTwiliosTime">Whether <paramref name="At"/> is Twilio's.</param>
/// <param name="Body">What it says: only the review list keeps it.</param>
public sealed partial record HeardText(string? Sid, InboundVerdict Verdict, DateTimeOffset At, bool IsTwiliosTime, string Body)
{
    /// <summary>Which of our numbers it was sent to; null: that is not told.</summary>
    public string? To { get; init; }

    /// <summary>An id as Twilio gives them, else null.</summary>
    public static string? SidOf(string? text) => text is not null && Pattern().IsMatch(text) ? text : null;

    public override string ToString() => $"{Verdict} {Sid}";

    [GeneratedRegex(@"^[A-Z]{2}[0-9a-fA-F]{32}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
