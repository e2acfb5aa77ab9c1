using BulkSms.Recipients;

namespace BulkSms.Sending;

/// <summary>The right to call Twilio for one recipient, once.</summary>
/// <param name="Row">The row after the claim, as far as the send job tells of it.</param>
public sealed record Claim(Recipient Row)
{
    /// <summary>A GUID of this delivery's own: it names on the row, and to Twilio, who wrote it.</summary>
    public string Id => Row.ClaimId!;

    public RecipientKey Key => Row.Key;

    /// <summary>Number of the call, from 1.</summary>
    public int Attempt => Row.Attempt;

    /// <summary>When it was made, by storage's clock.</summary>
    public DateTimeOffset At => Row.Timestamp;
}

/// <summary>What an attempt to claim came to.</summary>
/// <param name="Held">The claim, or null when the send job was stale.</param>
/// <param name="Found">The row as it is instead; null when it is gone (or the claim is held).</param>
public readonly record struct ClaimResult(Claim? Held, RecipientTable.Reading? Found);
