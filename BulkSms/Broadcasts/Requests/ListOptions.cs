using BulkSms.Http;

namespace BulkSms.Broadcasts.Requests;

/// <summary>What becomes of rows that a sheet hides.</summary>
public enum HiddenRows
{
    /// <summary>They are asked about: who filters a sheet may mean what is left.</summary>
    Ask,

    /// <summary>They count as all others.</summary>
    Include,

    /// <summary>They are left out.</summary>
    Skip,
}

/// <summary>How a file is read, where its sender says so.</summary>
/// <param name="NumberColumn">The column of the numbers; null: it is found by its name.</param>
/// <param name="Sheet">The sheet of a workbook; null: the first.</param>
/// <param name="Hidden">Rows that the sheet hides.</param>
public sealed record ListOptions(string? NumberColumn = null, string? Sheet = null, HiddenRows Hidden = HiddenRows.Ask)
{
    public const string NumberColumnName = "numberColumn";
    public const string SheetName = "sheet";
    public const string HiddenRowsName = "hiddenRows";
    public static readonly IReadOnlyList<string> Names = [NumberColumnName, SheetName, HiddenRowsName];

    /// <summary>Reads them out of a request's fields.</summary>
    internal static ListOptions Read(IRequestFields fields, FieldErrors errors)
    {
        var hidden = TextOf(fields, HiddenRowsName, errors) switch
        {
            null => HiddenRows.Ask,
            "include" => HiddenRows.Include,
            "skip" => HiddenRows.Skip,
            _ => (HiddenRows?)null,
        };
        if (hidden is null)
        {
            errors.Add(fields.PathOf(HiddenRowsName), "must be include or skip");
        }

        return new(TextOf(fields, NumberColumnName, errors), TextOf(fields, SheetName, errors), hidden ?? HiddenRows.Ask);
    }

    private static string? TextOf(IRequestFields fields, string name, FieldErrors errors)
    {
        if (!fields.TryFind(name, out var field))
        {
            return null;
        }

        if (field.TryGetText(out var text) && !string.IsNullOrWhiteSpace(text))
        {
            return text.Trim();
        }

        errors.Add(fields.PathOf(name), "must be a name");
        return null;
    }
}
