using BulkSms.Common;
using BulkSms.Lists;
using BulkSms.Messages;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Where a table has what, by its header. Nothing is guessed: a header that names the numbers twice, or not at all, is asked about.</summary>
/// <param name="Headers">The names, without what is not seen at their ends.</param>
/// <param name="Number">The column of the numbers.</param>
/// <param name="Data">The columns that are an entry's data: all that have a name, but for the references, and for the numbers, unless the text uses them too.</param>
/// <param name="Used">The columns that the text uses.</param>
/// <param name="Reference">The column of the caller's own name for an entry; below zero: there is none.</param>
/// <param name="IsResults">Whether the table is one of ours: see <see cref="ResultColumns"/>.</param>
internal sealed record TableColumns(IReadOnlyList<string> Headers, int Number, int[] Data, int[] Used, int Reference, bool IsResults)
{
    private static readonly string ReferenceKey = ForgivingName.KeyOf(ListEntry.ReferenceName);

    /// <summary>Digits of what is taken for a phone number where a name was expected.</summary>
    public const int LeastDigits = 6;

    /// <summary>Finds them; null, with the errors told, when something is missing or could be meant twice.</summary>
    /// <param name="header">The first row that is not blank; null: there is none.</param>
    /// <param name="table">The table.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="sink">Takes the errors.</param>
    public static TableColumns? Find(TableRow? header, ITableReader table, ListOptions options, IListSink sink)
    {
        if (header is null)
        {
            sink.Fail(table.PlaceOf(1), $"is empty: the list begins with a header, such as phone,name{Sheets(table)}");
            return null;
        }

        if (header.Cells.Count > UploadLimits.MaxColumns)
        {
            sink.Fail(table.PlaceOf(header.Number), $"has {header.Cells.Count} columns; at most {UploadLimits.MaxColumns} are read");
            return null;
        }

        string[] names = [.. header.Cells.Select(cell => ForgivingName.Trim(cell.Text))];
        var results = ResultColumns.FindIn(names);
        names = results is null ? names : Array.ConvertAll(names, ResultColumns.Unescape);
        var place = table.PlaceOf(header.Number);
        if (NumberOf(names, options.NumberColumn, results, out var error) is not { } number)
        {
            sink.Fail(place, error + (error!.Contains("numberColumn", StringComparison.Ordinal) ? Sheets(table) : ""));
            return null;
        }

        sink.NumberColumn(names[number]);
        var reference = results?.Reference ?? ReferenceOf(names, number);
        int[] theirs = [.. Enumerable.Range(0, names.Length).Where(column => names[column].Length > 0 && (column == reference || results?.Contains(column) is not true))];
        var used = sink.Texts is { } texts ? UsedBy(texts, names, theirs, place, sink) : [];
        if (used is null)
        {
            return null;
        }

        var columns = new TableColumns(names, number, [], used, reference, results is not null);
        return columns with { Data = [.. theirs.Where(column => !(column == reference && columns.IsReferenceNamed) && (column != number || used.Contains(column)))] };
    }

    /// <summary>Whether the references' column is called so; else it is <c>id</c>, which may hold anything, and is data too.</summary>
    public bool IsReferenceNamed => IsResults || (Reference >= 0 && ForgivingName.KeyOf(Headers[Reference]) == ReferenceKey);

    /// <summary>A value of a row, as it was meant: of a table of ours exactly as it was.</summary>
    public string ValueOf(TableRow row, int column) =>
        IsResults ? ResultColumns.Unescape(row.TextOf(column)) : TextMarkers.Remove(ForgivingName.Trim(row.TextOf(column)));

    private static int ReferenceOf(string[] names, int number) => ListEntry.ReferenceNames
        .Select(name => Array.FindIndex(names, each => ForgivingName.KeyOf(each) == ForgivingName.KeyOf(name)))
        .FirstOrDefault(column => column >= 0 && column != number, -1);

    private static int? NumberOf(string[] names, string? wanted, ResultColumns? results, out string? error)
    {
        var key = wanted is null ? null : ForgivingName.KeyOf(wanted);
        int[] found = key is null && results?.Number is { } ours ? [ours] : [.. Enumerable.Range(0, names.Length).Where(column => key is null ? NumberColumnNames.Has(names[column]) : ForgivingName.KeyOf(names[column]) == key)];
        var all = Printable.List(names.Where(name => name.Length > 0));
        error = found.Length switch
        {
            1 => null,
            > 1 when wanted is not null => $"has the column {Printable.Of(wanted)} {found.Length} times: give them names of their own",
            > 1 => $"has several columns that may hold the numbers: {Printable.List(found.Select(column => names[column]))}. Name the one that is meant by numberColumn",
            0 when wanted is not null => $"has no column {Printable.Of(wanted)}, which numberColumn names; its columns are {all}",
            0 when Array.Exists(names, IsNumber) => $"is no header: it was read as {all}. Put a line with the names of the columns above it, such as phone,name",
            _ => $"is a header without a column of phone numbers; its columns are {all}. Call one of them phone, or name it by numberColumn",
        };
        return error is null ? found[0] : null;
    }

    private static bool IsNumber(string cell) => cell.Count(char.IsAsciiDigit) >= LeastDigits && !cell.Any(char.IsLetter);

    private static int[]? UsedBy(PersonalTexts texts, string[] names, int[] theirs, string place, IListSink sink)
    {
        var (used, isFaulty) = (new List<int>(), false);
        for (var i = 0; i < texts.Names.Count; i++)
        {
            int[] found = [.. theirs.Where(column => texts.IndexOf(names[column]) == i)];
            used.AddRange(found);
            if (found.Length == 0 && texts.HasDefault(i))
            {
                sink.Warn(place, $"has no column for {{{{{texts.Names[i]}}}}}: every text has what stands for a missing value");
            }
            else if (found.Length != 1)
            {
                isFaulty = true;
                sink.Fail(place, found.Length == 0
                    ? $"has no column for {{{{{texts.Names[i]}}}}}; its columns are {Printable.List(theirs.Select(column => names[column]))}"
                    : $"has several columns for {{{{{texts.Names[i]}}}}}: {Printable.List(found.Select(column => names[column]))}. Rename all but the one that is meant");
            }
        }

        return isFaulty ? null : [.. used];
    }

    private static string Sheets(ITableReader table) => table.OtherSheets() is { Count: > 0 } others ? $". Or name another sheet by sheet: {Printable.List(others)}" : "";
}
