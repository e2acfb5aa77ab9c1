namespace BulkSms.Client;

/// <summary>Which broadcasts are listed.</summary>
public sealed record BroadcastFilter
{
    /// <summary>Only those; groups are taken, too: <c>waiting</c>, <c>final</c>.</summary>
    public IReadOnlyCollection<string>? Statuses { get; init; }

    /// <summary>Only those whose text holds this.</summary>
    public string? Text { get; init; }

    /// <summary>Only those that were accepted at this time or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only those that were accepted before this time.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Entries of a page; null: as the app is set.</summary>
    public int? PageSize { get; init; }
}
