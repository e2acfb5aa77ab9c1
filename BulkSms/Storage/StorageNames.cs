using BulkSms.Broadcasts;
using BulkSms.Recipients;

namespace BulkSms.Storage;

/// <summary>Tables, as they are called in the storage account.</summary>
public static class TableNames
{
    public const string Broadcasts = "Broadcasts";
    public const string Recipients = "Recipients";
    public const string IdempotencyKeys = "IdempotencyKeys";
    public const string OptOuts = "OptOuts";
    public const string PoisonMessages = "PoisonMessages";
    public const string UnreachableNumbers = "UnreachableNumbers";
    public const string Replies = "Replies";
    public const string AuditLog = "AuditLog";
    public const string EventDeliveries = "EventDeliveries";

    /// <summary>Requests about one person's data.</summary>
    public const string People = "People";

    /// <summary>What each instance that sends may use of the rate, of this moment only.</summary>
    public const string SendingShares = "SendingShares";

    /// <summary>What callers have used of their limits, by day and month.</summary>
    public const string Usage = "Usage";

    public static readonly IReadOnlyList<string> All =
        [Broadcasts, Recipients, IdempotencyKeys, OptOuts, PoisonMessages, UnreachableNumbers, Replies, AuditLog, EventDeliveries, People, SendingShares, Usage];

    /// <summary>What an export holds, and what is kept of a version: shares are of their moment.</summary>
    public static readonly IReadOnlyList<string> Exported = [.. All.Where(name => name != SendingShares)];
}

/// <summary>Partitions that rows of several folders stand in, so that one transaction writes them.</summary>
public static class PartitionNames
{
    /// <summary>Of the table Broadcasts: the broadcasts and their markers.</summary>
    public const string Broadcasts = "broadcasts";

    /// <summary>Of the table Broadcasts: what is stopped, and the event endpoints.</summary>
    public const string Controls = "holds";

    /// <summary>Of the table Broadcasts: prices that were imported.</summary>
    public const string Prices = "prices";

    /// <summary>Of the table OptOuts.</summary>
    public const string OptOuts = "optouts";
}

/// <summary>Queues, as they are called in the storage account.</summary>
public static class QueueNames
{
    public const string Outbound = "sms-outbound";
    public const string OutboundPoison = "sms-outbound-poison";

    /// <summary>Send jobs of broadcasts that ask for high priority: a trigger of their own takes them, past all that waits in <see cref="Outbound"/>.</summary>
    public const string OutboundHigh = "sms-outbound-high";
    public const string OutboundHighPoison = "sms-outbound-high-poison";
    public const string Expand = "broadcast-expand";
    public const string ExpandPoison = "broadcast-expand-poison";
    public const string Events = "events-outbound";
    public const string EventsPoison = "events-outbound-poison";

    public static readonly IReadOnlyList<string> All = [Outbound, OutboundPoison, OutboundHigh, OutboundHighPoison, Expand, ExpandPoison, Events, EventsPoison];
}

/// <summary>Blob containers, as they are called in the storage account.</summary>
public static class ContainerNames
{
    /// <summary>Recipient lists too large for the Broadcast row.</summary>
    public const string Broadcasts = "broadcasts";

    /// <summary>Blobs whose leases say who may do what only one may do.</summary>
    public const string Locks = "locks";

    /// <summary>Results of exports of one person's data.</summary>
    public const string People = "people";

    public static readonly IReadOnlyList<string> All = [Broadcasts, Locks, People];
}
