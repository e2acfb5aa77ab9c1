using BulkSms.Common;
using BulkSms.Lists;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts.Requests;

/// <summary>The rows of a table → entries of a list. The first row that is not blank is the header.</summary>
internal sealed class TableEntries
{
    private const string BadBytes = "has characters that cannot be read in the file's encoding: save the file as UTF-8";
    private const string Uncalculated = "is a formula without a result, as a program has written it: open the workbook in a spreadsheet, which calculates it, and save it";
    private readonly ITableReader table;
    private readonly TableColumns columns;
    private readonly ListOptions options;
    private readonly IListSink sink;
    private readonly ListPaths paths;
    private readonly HiddenRowErrors hidden = new();
    private bool isWarned;

    private TableEntries(ITableReader table, TableColumns columns, ListOptions options, IListSink sink)
    {
        (this.table, this.columns, this.options, this.sink) = (table, columns, options, sink);
        paths = table.Separator is null ? new SheetPaths(table, columns.Number, ColumnOf) : LinePaths.Instance;
    }

    /// <inheritdoc cref="ListFiles.ReadAsync"/>
    public static async Task ReadAsync(ITableReader table, ListOptions options, IListSink sink, int most, CancellationToken cancellation)
    {
        TableRow? header;
        do
        {
            header = await table.ReadAsync(cancellation);
        }
        while (header is { IsBlank: true, Error: null });
        if (header?.Error is { } error)
        {
            sink.Fail(error == DelimitedReader.TooManyLines ? LinePaths.Instance.OfAll : table.PlaceOf(header.Number), error);
        }
        else if (TableColumns.Find(header, table, options, sink) is { } columns)
        {
            var entries = new TableEntries(table, columns, options, sink);
            entries.WarnOfEncoding(header!);
            await entries.ReadRowsAsync(most, cancellation);
        }
    }

    private async Task ReadRowsAsync(int most, CancellationToken cancellation)
    {
        var count = 0;
        while (await table.ReadAsync(cancellation) is { } row)
        {
            if (row.IsLast)
            {
                sink.Fail(row.Error == DelimitedReader.TooManyLines ? paths.OfAll : table.PlaceOf(row.Number), row.Error!);
                return;
            }

            if ((row.IsBlank && row.Error is null) || (row.IsHidden && options.Hidden == HiddenRows.Skip))
            {
                continue;
            }

            if (++count > most)
            {
                sink.Fail(table.PlaceOf(row.Number), UploadLimits.TooMany(most));
                return;
            }

            if (SwallowedRows.FindIn(row, columns, table.Separator) is { } swallowed)
            {
                sink.Fail(table.PlaceOf(row.Number), swallowed);
                return;
            }

            hidden.Count(row, options);
            WarnOfEncoding(row);
            Take(row);
        }

        hidden.Tell(table, sink);
        if (options.Sheet is null && table.ShownBeside() is { Count: > 0 } others)
        {
            sink.Warn(paths.OfAll, $"only the first sheet was read; the workbook also shows {Printable.List(others)}. Another sheet is named by sheet");
        }
    }

    private void Take(TableRow row)
    {
        var (text, kind) = (row.TextOf(columns.Number), row.KindOf(columns.Number));
        var entry = new ListEntry(row.Number, TextMarkers.RemoveFromNumber(text), ReferenceOf(row));
        if ((row.Error ?? ErrorOfShape(row)) is { } error)
        {
            sink.Refuse(entry, table.PlaceOf(row.Number, row.Cells.Count > columns.Headers.Count ? columns.Headers.Count : columns.Number), error);
        }
        else if (ErrorOfNumber(text, kind) is { } wrong)
        {
            sink.Refuse(entry, paths.OfNumber(row.Number), NumberErrors.Of(text, wrong));
        }
        else
        {
            foreach (var column in columns.Used)
            {
                if (ErrorOfValue(row, column) is { } unfit)
                {
                    sink.Refuse(entry, table.PlaceOf(row.Number, column), unfit);
                    return;
                }
            }

            sink.Add(entry with { Data = columns.Data.Length == 0 ? null : new TableData(columns, row) }, paths);
        }
    }

    private string? ErrorOfShape(TableRow row)
    {
        var (count, headers) = (row.Cells.Count, columns.Headers.Count);
        if (count > headers && !row.IsBlankFrom(headers))
        {
            return $"has {count} columns; the header has {headers}{(table.Separator is { } mark ? $": put a value that has {Dialect.NameOf(mark)} in it in quotation marks" : "")}";
        }

        return table.Separator is { } separator && count == 1 && headers > 1 ? ErrorOfSeparator(row.TextOf(0), separator) : null;
    }

    private static string? ErrorOfSeparator(string text, char separator) =>
        Dialect.Known.FirstOrDefault(other => other != separator && text.Contains(other, StringComparison.Ordinal)) is var found and not '\0'
            ? $"is separated by {Dialect.NameOf(found)}, and the header by {Dialect.NameOf(separator)}: separate all lines in one way"
            : null;

    private static string? ErrorOfNumber(string text, CellKind kind) => kind switch
    {
        CellKind.Date => "is a date, not a phone number: is it in the right column? If it is a number, format the cell as text and enter the number again",
        CellKind.MoreDigits => "is shown with digits that its format adds, so it could be read in two ways: format the cell as text and enter the whole number, with + and country code",
        CellKind.Fraction => "is a decimal, not a phone number: format the cell as text and enter the number again",
        CellKind.Boolean => "is a truth value, not a phone number",
        CellKind.ShownOtherwise => "is shown by its format as something else than the number that it holds: format the cell as text and enter the phone number again",
        CellKind.Uncalculated => Uncalculated,
        CellKind.Error => "is the error of a formula, not a phone number: repair the formula, or enter the number",
        _ => text.Contains('\ufffd', StringComparison.Ordinal) ? BadBytes : null,
    };

    // How a date or a truth value is written is the spreadsheet's choice, by the language of the computer that opens it: a text must not guess.
    private string? ErrorOfValue(TableRow row, int column) => row.KindOf(column) switch
    {
        CellKind.Date => $"is a date or time ({row.TextOf(column)}), which each language writes in its own way: format the column {Printable.Of(columns.Headers[column])} as text and write it as the text message should show it",
        CellKind.MoreDigits => $"is shown with digits that its format adds: format the column {Printable.Of(columns.Headers[column])} as text and write it as the text message should show it",
        CellKind.ShownOtherwise => $"is shown by its format as something else than the number {row.TextOf(column)}: format the column {Printable.Of(columns.Headers[column])} as text and write it as the text message should show it",
        CellKind.Uncalculated => Uncalculated,
        CellKind.Boolean => $"is the truth value {row.TextOf(column)}: write the word that the text message should show",
        _ when row.TextOf(column).Length == 0 && table.HidesErrors && sink.Texts is { } texts && texts.HasDefault(texts.IndexOf(columns.Headers[column])) =>
            "is empty, or the error of a formula: this kind of workbook does not tell which. Save it as .xlsx, or fill the cell",
        _ => row.TextOf(column).Contains('\ufffd', StringComparison.Ordinal) ? BadBytes : null,
    };

    private void WarnOfEncoding(TableRow row)
    {
        if (!isWarned && table.IsEncodingGuessed && row.Cells.SelectMany(cell => cell.Text.Split()).FirstOrDefault(word => word.Any(character => !char.IsAscii(character))) is { } changed)
        {
            isWarned = true;
            sink.Warn(table.PlaceOf(row.Number), $"the file is not UTF-8 and names no encoding: it was read as Windows-1252, in which this line has \"{Printable.Of(changed)}\". If that word is wrong, save the file as UTF-8");
        }
    }

    private int ColumnOf(string value) => sink.Texts is { } texts && texts.IndexOf(value) is var index and >= 0
        ? Array.Find([.. columns.Used, -1], column => column < 0 || texts.IndexOf(columns.Headers[column]) == index)
        : value == ListEntry.ReferenceName ? columns.Reference : -1;

    private string? ReferenceOf(TableRow row) => columns.Reference < 0 || columns.ValueOf(row, columns.Reference) is not { } text || ForgivingName.IsBlank(text) ? null
        : columns.IsReferenceNamed ? text : ListEntry.ReferenceOfId(text);
}
