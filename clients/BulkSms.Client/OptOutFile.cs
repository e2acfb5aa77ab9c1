namespace BulkSms.Client;

/// <summary>Phones that opt out, as a file.</summary>
/// <param name="File">The file.</param>
public sealed record OptOutFile(RecipientFile File)
{
    /// <summary>The country of numbers without +; null: such a number is an error.</summary>
    public string? DefaultRegion { get; init; }

    /// <summary>The column of the phone numbers; null: the one that is called like it.</summary>
    public string? NumberColumn { get; init; }

    /// <summary>The sheet of a workbook; null: the first that is not hidden.</summary>
    public string? Sheet { get; init; }

    /// <summary>Whether rows that a sheet hides are left out; null: they count.</summary>
    public bool? SkipHiddenRows { get; init; }
}
