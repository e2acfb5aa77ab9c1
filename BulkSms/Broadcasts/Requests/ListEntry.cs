namespace BulkSms.Broadcasts.Requests;

/// <summary>One entry of a list, as it was read.</summary>
/// <param name="Place">Its index in JSON, its line in a text file, its row in a sheet.</param>
/// <param name="Number">The number as written, before it is read as a phone number; null: it could not be found.</param>
/// <param name="Reference">The caller's own name for it: the column or field <c>reference</c>, else <c>id</c>; null: none.</param>
/// <param name="Data">All other columns of the row by their header, or the members of <c>data</c>; null: none.</param>
public readonly record struct ListEntry(int Place, string? Number = null, string? Reference = null, IReadOnlyList<KeyValuePair<string, string>>? Data = null)
{
    /// <summary>Names of the caller's own name for an entry, the first that is there.</summary>
    public static readonly IReadOnlyList<string> ReferenceNames = ["reference", "id"];
}
