namespace BulkSms.Broadcasts.Requests;

/// <summary>One entry of a list, as it was read.</summary>
/// <param name="Place">Its index in JSON, its line in a text file, its row in a sheet.</param>
/// <param name="Number">The number as written, before it is read as a phone number; of what could not be read that far, what was there; null: nothing was.</param>
/// <param name="Reference">The caller's own name for it: the column or field <c>reference</c>, else <c>id</c>; null: none.</param>
/// <param name="Data">All other columns of the row by their header, or the members of <c>data</c>; null: none.</param>
public readonly record struct ListEntry(int Place, string? Number = null, string? Reference = null, IReadOnlyList<KeyValuePair<string, string>>? Data = null)
{
    /// <summary>The column or field of the caller's own name for an entry.</summary>
    public const string ReferenceName = "reference";

    /// <summary>What stands for it where it is missing.</summary>
    public const string IdName = "id";

    /// <summary>Longest reference, in UTF-16 code units.</summary>
    private const int MaxReferenceLength = 255;

    /// <summary>Names of the caller's own name for an entry, the first that is there.</summary>
    public static readonly IReadOnlyList<string> ReferenceNames = [ReferenceName, IdName];

    /// <summary>What is wrong with the reference; null: nothing.</summary>
    public string? ErrorOfReference() => IsUnfit(Reference) ? $"must have a reference of at most {MaxReferenceLength} characters, without control characters" : null;

    /// <summary>The reference that a column <c>id</c> makes: it may hold anything.</summary>
    public static string? ReferenceOfId(string? id) => IsUnfit(id) ? null : id;

    private static bool IsUnfit(string? reference) => reference is not null && (reference.Length > MaxReferenceLength || reference.Any(char.IsControl));
}
