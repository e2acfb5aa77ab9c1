using System.Collections.Frozen;

namespace BulkSms.Recipients;

/// <summary>
/// A recipient's states as they are stored and shown: ours with a capital before Twilio has the message and at the end, Twilio's own words
/// in between. Case matters: <c>Canceled</c> is ours (never sent), <c>canceled</c> is Twilio's.
/// </summary>
public static class RecipientStatus
{
    /// <summary>Waiting to be sent, or to be sent again at its due time.</summary>
    public const string Pending = "Pending";

    /// <summary>A sender is calling Twilio for it.</summary>
    public const string Claimed = "Claimed";

    /// <summary>Twilio may or may not have it; nothing is sent before that is proved.</summary>
    public const string Unconfirmed = "Unconfirmed";

    public const string Accepted = "accepted";
    public const string Scheduled = "scheduled";
    public const string Queued = "queued";
    public const string Sending = "sending";
    public const string Sent = "sent";
    public const string Delivered = "delivered";
    public const string Undelivered = "undelivered";
    public const string Failed = "failed";
    public const string TwilioCanceled = "canceled";
    public const string PartiallyDelivered = "partially_delivered";
    public const string Read = "read";

    /// <summary>Refused for good by Twilio, or given up after the last attempt.</summary>
    public const string Rejected = "Rejected";

    /// <summary>The recipient said STOP.</summary>
    public const string OptedOut = "OptedOut";

    public const string Canceled = "Canceled";
    public const string Expired = "Expired";

    // Twilio's states in the order in which they may follow each other. Callbacks come late, twice and out of order: only a higher rank counts.
    private static readonly FrozenDictionary<string, int> Ranks = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        [Accepted] = 1, [Scheduled] = 1, [Queued] = 2, [Sending] = 3, [Sent] = 4, [PartiallyDelivered] = 5,
        [Delivered] = 6, [Undelivered] = 6, [Failed] = 6, [TwilioCanceled] = 6, [Read] = 7,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Ours =
        FrozenSet.Create(StringComparer.Ordinal, Pending, Claimed, Unconfirmed, Rejected, OptedOut, Canceled, Expired);

    /// <summary>Twilio's words for a message that it has and that has not come to an end.</summary>
    public static IReadOnlyList<string> UnfinishedAtTwilio { get; } = [Accepted, Scheduled, Queued, Sending, Sent, PartiallyDelivered];

    public static bool IsTwilio(string status) => Ranks.ContainsKey(status);

    public static bool IsKnown(string status) => IsTwilio(status) || Ours.Contains(status);

    /// <summary>Nothing more will happen to it by itself.</summary>
    public static bool IsFinal(string status) =>
        status is Rejected or OptedOut or Canceled or Expired || Ranks.GetValueOrDefault(status) >= Ranks[Delivered];

    /// <summary>Still ours to send or to prove.</summary>
    public static bool IsOpen(string status) => status is Pending or Claimed or Unconfirmed;

    /// <summary>Whether Twilio's word may replace a state. A word from Twilio is evidence that it has the message: it beats every state of ours.</summary>
    public static bool MayFollow(string current, string twilioStatus) =>
        Ranks.TryGetValue(twilioStatus, out var next) && next > Ranks.GetValueOrDefault(current);
}
