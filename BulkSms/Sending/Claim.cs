using Azure;
using BulkSms.Recipients;

namespace BulkSms.Sending;

/// <summary>The right to call Twilio for one recipient, once.</summary>
/// <param name="Key">Whose row.</param>
/// <param name="Id">A GUID of this delivery's own: whoever reads it on the row knows who wrote it.</param>
/// <param name="ETag">The row's ETag after the claim.</param>
/// <param name="Attempt">Number of the call, from 1.</param>
/// <param name="At">When it was made, by storage's clock.</param>
public sealed record Claim(RecipientKey Key, string Id, ETag ETag, int Attempt, DateTimeOffset At);

/// <summary>What an attempt to claim came to.</summary>
/// <param name="Held">The claim, or null when the nudge was stale.</param>
/// <param name="Found">The row as it is instead; null when it is gone (or the claim is held).</param>
public readonly record struct ClaimResult(Claim? Held, RecipientTable.Reading? Found);
