using System.Collections.Frozen;

namespace BulkSms.Recipients;

/// <summary>Twilio's words for a message that it has, as it writes them. They say more than a recipient's status does, and in which order they may come.</summary>
public static class ProviderStatus
{
    public const string Accepted = "accepted";
    public const string Scheduled = "scheduled";
    public const string Queued = "queued";
    public const string Sending = "sending";
    public const string Sent = "sent";
    public const string PartiallyDelivered = "partially_delivered";
    public const string Delivered = "delivered";
    public const string Undelivered = "undelivered";
    public const string Failed = "failed";
    public const string Canceled = "canceled";
    public const string Read = "read";

    // In the order in which they may follow each other. Callbacks come late, twice and out of order: only a higher rank counts.
    private static readonly FrozenDictionary<string, (int Rank, string Status)> Words = new Dictionary<string, (int Rank, string Status)>(StringComparer.Ordinal)
    {
        [Accepted] = (1, RecipientStatus.Submitted),
        [Scheduled] = (1, RecipientStatus.Submitted),
        [Queued] = (2, RecipientStatus.Submitted),
        [Sending] = (3, RecipientStatus.Submitted),
        [Sent] = (4, RecipientStatus.Submitted),
        [PartiallyDelivered] = (5, RecipientStatus.Submitted),
        [Delivered] = (6, RecipientStatus.Delivered),
        [Undelivered] = (6, RecipientStatus.Undelivered),
        [Failed] = (6, RecipientStatus.Failed),
        [Canceled] = (6, RecipientStatus.Canceled),
        [Read] = (7, RecipientStatus.Delivered),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether Twilio documents it.</summary>
    public static bool IsKnown(string word) => Words.ContainsKey(word);

    /// <summary>Whether a word of Twilio's may replace another; null: there was none. Any word is evidence that Twilio has the message: it beats every state without one.</summary>
    public static bool MayFollow(string? current, string next) => Words.TryGetValue(next, out var to) && to.Rank > RankOf(current);

    /// <summary>
    /// The status of a recipient of whom Twilio says a word. One that was closed without a final word stays so until there is one.
    /// </summary>
    /// <param name="current">The recipient's status before.</param>
    /// <param name="word">A known word.</param>
    public static string StatusAfter(string current, string word) =>
        Words[word].Status is var next && current == RecipientStatus.Unknown && next == RecipientStatus.Submitted ? current : next;

    /// <summary>The status of a recipient of whom Twilio says a word for the first time.</summary>
    public static string StatusOf(string word) => Words[word].Status;

    private static int RankOf(string? word) => word is not null && Words.TryGetValue(word, out var found) ? found.Rank : 0;
}
