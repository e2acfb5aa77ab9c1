namespace BulkSms.MemoryStorage.Tables;

/// <summary>What one write does.</summary>
internal enum ChangeKind
{
    Insert,
    Merge,
    Replace,
    Delete,
}

/// <summary>One write of an entity.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="PartitionKey">The entity's partition.</param>
/// <param name="RowKey">The entity's key.</param>
/// <param name="IfMatch">The ETag it must have, <c>*</c> for any; null with merge and replace: it is inserted if it is not there.</param>
/// <param name="Cells">Its properties.</param>
internal sealed record TableChange(ChangeKind Kind, string PartitionKey, string RowKey, string? IfMatch, Dictionary<string, Cell> Cells)
{
    /// <summary>As the counts name it.</summary>
    public string Operation => Kind switch
    {
        ChangeKind.Insert => "table insert",
        ChangeKind.Delete => "table delete",
        _ => "table update",
    };
}

/// <summary>Why a write was refused.</summary>
/// <param name="Index">Which of the writes.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The table service's error code.</param>
internal sealed record ChangeRefusal(int Index, int Status, string Code);
