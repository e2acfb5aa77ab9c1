using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace BulkSms.SendingControl;

/// <summary>
/// The job that sets aside what may have been sent since a time to which storage was restored. While it runs its row suspends sending by itself, so whatever dies meanwhile, nothing is
/// sent before it is finished.
/// </summary>
public sealed record Reconciliation
{
    /// <summary>The time that storage was restored to.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When sending was suspended: nothing was sent from then on.</summary>
    public required DateTimeOffset SuspendedAt { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When everything was set aside; null: it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public int BroadcastsDone { get; init; }

    /// <summary>Null before the first broadcast.</summary>
    public int? BroadcastsTotal { get; init; }

    public int RecipientsSetAside { get; init; }

    /// <summary>The last broadcast that is done, in the order of their ids; null: none is.</summary>
    public string? DoneTo { get; init; }

    /// <summary>How far it has come in the next one; null: it has not begun with it.</summary>
    public ReconciliationPosition? Position { get; init; }

    public ETag ETag { get; init; }

    public bool IsRunning => FinishedAt is null;

    internal const string RowKey = "reconciliation";

    /// <summary>What suspends sending, beside another reason that may be there: while this runs no probe is sent either.</summary>
    internal Suspension? With(Suspension? other) => !IsRunning ? other
        : other is null ? new(0, $"storage was restored; what may have been sent since {Since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)} is being set aside", SuspendedAt)
        : other with { NextProbeAt = null };

    internal TableEntity Write(string partition) => new(partition, RowKey)
    {
        ["restoredTo"] = Since,
        ["suspendedAt"] = SuspendedAt,
        ["startedAt"] = StartedAt,
        ["finishedAt"] = FinishedAt,
        ["broadcastsDone"] = BroadcastsDone,
        ["broadcastsTotal"] = BroadcastsTotal,
        ["setAside"] = RecipientsSetAside,
        ["doneTo"] = DoneTo,
        ["broadcast"] = Position?.BroadcastId,
        ["shard"] = Position?.Shard,
        ["row"] = Position?.After,
    };

    internal static Reconciliation Read(TableEntity row) => new()
    {
        Since = row.GetDateTimeOffset("restoredTo") ?? default,
        SuspendedAt = row.GetDateTimeOffset("suspendedAt") ?? default,
        StartedAt = row.GetDateTimeOffset("startedAt") ?? default,
        FinishedAt = row.GetDateTimeOffset("finishedAt"),
        BroadcastsDone = row.GetInt32("broadcastsDone") ?? 0,
        BroadcastsTotal = row.GetInt32("broadcastsTotal"),
        RecipientsSetAside = row.GetInt32("setAside") ?? 0,
        DoneTo = row.GetString("doneTo"),
        Position = row.GetString("broadcast") is { } broadcast ? new(broadcast, row.GetInt32("shard") ?? 0, row.GetString("row")) : null,
        ETag = row.ETag,
    };
}

/// <summary>A place among the recipients of a broadcast.</summary>
/// <param name="BroadcastId">The broadcast.</param>
/// <param name="Shard">The shard; those before it are done.</param>
/// <param name="After">The last row of the shard that is done; null: none is.</param>
public sealed record ReconciliationPosition(string BroadcastId, int Shard, string? After);
