using System.Buffers;
using BulkSms.Common;
using BulkSms.Recipients;

namespace BulkSms.Poison;

/// <summary>
/// Where an entry is in the table. What failed once is one entry, however often its message was doubled: the row key is made of what failed, not of
/// the message. Newest broadcasts come first, what belongs to none comes last.
/// </summary>
/// <param name="Partition">The broadcast's id, or <see cref="Unread"/>.</param>
/// <param name="Row">The key within it.</param>
public readonly record struct PoisonId(string Partition, string Row)
{
    /// <summary>The partition of messages that could not be read.</summary>
    public const string Unread = "unread";

    /// <summary>The partition of deliveries of events that were given up.</summary>
    public const string Events = "events";

    private const int LongestRow = 80;
    private static readonly SearchValues<char> RowCharacters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz-");

    /// <summary>A verdict of ours on a recipient: one a claim.</summary>
    public static PoisonId Of(RecipientKey recipient, string claimId) => new(recipient.BroadcastId, $"{recipient.Id}-{claimId}");

    /// <summary>A recipient's message that the host gave up.</summary>
    public static PoisonId OfHosts(RecipientKey recipient, string messageId) => new(recipient.BroadcastId, $"{recipient.Id}-host-{messageId}");

    /// <summary>A broadcast's fan-out message that the host gave up.</summary>
    public static PoisonId OfExpand(string broadcastId, string messageId) => new(broadcastId, $"expand-{messageId}");

    /// <summary>A delivery of an event that was given up: one a delivery.</summary>
    public static PoisonId OfEvent(string endpoint, string delivery) => new(Events, $"{delivery}-{endpoint}");

    /// <summary>A message that could not be read.</summary>
    public static PoisonId OfUnread(string messageId) => new(Unread, messageId);

    /// <summary>False for a text from outside that cannot be one: only a well-formed one may become part of a table key.</summary>
    public static bool TryParse(string? text, out PoisonId id)
    {
        id = default;
        if (text?.Split('.') is not [var partition, var row] || !(partition is Unread or Events || BroadcastId.IsWellFormed(partition))
            || row.Length is 0 or > LongestRow || row.AsSpan().ContainsAnyExcept(RowCharacters))
        {
            return false;
        }

        id = new(partition, row);
        return true;
    }

    public override string ToString() => $"{Partition}.{Row}";
}
