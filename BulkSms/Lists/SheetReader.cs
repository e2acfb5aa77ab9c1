using System.Globalization;
using System.Text;
using BulkSms.Common;
using ExcelDataReader;

namespace BulkSms.Lists;

/// <summary>Rows of one sheet of a workbook (.xlsx, .xlsm, .xlsb, .xls), by ExcelDataReader. Of a formula its last result counts.</summary>
internal sealed class SheetReader : ITableReader
{
    private const int MaxColumns = 2000;

    /// <summary>Cells that are visited, empty ones included: a row far below costs what lies between.</summary>
    private const long MaxCells = 64_000_000;

    private readonly IExcelDataReader reader;
    private readonly Stream file;
    private readonly List<string> others = [];
    private readonly List<string> shown = [];
    private SheetErrors errors = new();
    private bool isZip;
    private long visited;

    private SheetReader(IExcelDataReader reader, Stream file) => (this.reader, this.file) = (reader, file);

    static SheetReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public int Line { get; private set; }

    public char? Separator => null;

    public bool IsEncodingGuessed => false;

    /// <summary>Opens a sheet.</summary>
    /// <param name="file">The workbook, which is closed with the reader.</param>
    /// <param name="name">Which sheet; null: the first that is not hidden.</param>
    /// <param name="error">Why there is none.</param>
    public static SheetReader? Open(Stream file, string? name, out string? error)
    {
        SheetReader? opened = null;
        try
        {
            var first = new byte[2];
            file.ReadExactly(first);
            file.Position = 0;
            var isZip = first is [(byte)'P', (byte)'K'];
            error = isZip ? ZipContent.ErrorOf(file) : null;
            if (error is null)
            {
                opened = new(ExcelReaderFactory.CreateReader(file, new() { FallbackEncoding = Encoding.GetEncoding(1252) }), file) { isZip = isZip };
                error = opened.Choose(name);
                opened.errors = isZip && error is null ? SheetErrors.Read(file, opened.reader.Name) : opened.errors;
                error ??= opened.errors.IsTooMany ? "has more than 10,000 cells with the error of a formula, or without its result: repair the formulas, and save the workbook in a spreadsheet" : null;
                error ??= opened.errors.IsOutOfOrder ? "has a row or a cell twice, or out of its order: open it in a spreadsheet and save it again" : null;
            }
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            error = ErrorOf(e);
        }

        if (error is not null)
        {
            opened?.Dispose();
            opened = null;
        }

        return opened;
    }

    public ValueTask<TableRow?> ReadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return new(reader.Read() ? Row() : null);
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            return new(new TableRow(Line + 1, [], ErrorOf(e), IsLast: true));
        }
    }

    public bool HidesErrors => !isZip || !errors.IsKnown;

    public string PlaceOf(int row) => string.Create(CultureInfo.InvariantCulture, $"row {Math.Max(1, row)}");

    public string PlaceOf(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"{LettersOf(column)}{row}");

    public IReadOnlyList<string> OtherSheets()
    {
        try
        {
            while (reader.NextResult())
            {
                others.Add(reader.Name);
                if (reader.VisibleState == "visible" && reader.RowCount > 0)
                {
                    shown.Add(reader.Name);
                }
            }
        }
        catch (Exception e) when (IsOfTheFile(e))
        {
            // the names found so far do
        }

        return others;
    }

    public IReadOnlyList<string> ShownBeside()
    {
        OtherSheets();
        return shown;
    }

    public void Dispose()
    {
        reader.Dispose();
        file.Dispose();
    }

    private string? Choose(string? name)
    {
        string? chosen = null;
        if (name is not null && Named(name, out chosen) is { } several)
        {
            return several;
        }

        do
        {
            if (name is null ? reader.VisibleState == "visible" : reader.Name == chosen)
            {
                return reader.FieldCount > MaxColumns ? $"has more than {MaxColumns} columns in the sheet {Printable.Of(reader.Name)}: delete what stands far to the right" : null;
            }

            others.Add(reader.Name);
        }
        while (reader.NextResult());
        return name is null ? $"has no sheet that is shown: name one by sheet, such as {Printable.List(others)}"
            : $"has no sheet {Printable.Of(name)}; its sheets are {Printable.List(others)}";
    }

    // The name as it is, else the only one that is spelled nearly so: "List 1.1" and "List 11" are two lists.
    private string? Named(string name, out string? chosen)
    {
        var names = new List<string>();
        do
        {
            names.Add(reader.Name);
        }
        while (reader.NextResult());
        reader.Reset();
        string[] alike = [.. names.Where(each => ForgivingName.KeyOf(each) == ForgivingName.KeyOf(name))];
        chosen = Array.Find(alike, each => each.Trim() == name) ?? alike.FirstOrDefault();
        return alike.Length < 2 || chosen?.Trim() == name ? null : $"has several sheets that may be meant by {Printable.Of(name)}: {Printable.List(alike)}. Write the name as it is";
    }

    private TableRow Row()
    {
        Line = reader.Depth + 1;
        visited += reader.FieldCount;
        if (visited > MaxCells)
        {
            return new(Line, [], "has too many empty rows and columns above and before it: copy the list alone into a new sheet", IsLast: true);
        }

        var cells = new TableCell[reader.FieldCount];
        var used = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Cell(i);
            used = cells[i].Text.Length > 0 ? i + 1 : used;
        }

        return new(Line, cells.AsMemory(0, used).ToArray(), IsHidden: reader.RowHeight == 0 || errors.IsHidden(Line));
    }

    private TableCell Cell(int column) => errors.Of(Line, column) ?? reader.GetValue(column) switch
    {
        null => new(""),
        string text => new(text),
        bool value => new(value ? "TRUE" : "FALSE", CellKind.Boolean),
        DateTime time => new(time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), CellKind.Date),
        TimeSpan time => new(time.ToString("c", CultureInfo.InvariantCulture), CellKind.Date),
        IConvertible number => NumberCell(number.ToDouble(CultureInfo.InvariantCulture), reader.GetNumberFormatString(column), reader.GetNumberFormatIndex(column)),
        var other => new(other.ToString() ?? ""),
    };

    private static TableCell NumberCell(double value, string? format, int index) => new(
        SheetNumber.Of(value, format),
        SheetNumber.AddsDigits(format) ? CellKind.MoreDigits
        : SheetNumber.IsShownOtherwise(value, format, index) ? CellKind.ShownOtherwise
        : SheetNumber.HasFraction(value) ? CellKind.Fraction
        : CellKind.Number);

    private static string LettersOf(int column)
    {
        var letters = "";
        for (var left = column + 1; left > 0; left = (left - 1) / 26)
        {
            letters = (char)('A' + ((left - 1) % 26)) + letters;
        }

        return letters;
    }

    // The library throws what it meets in a damaged file: of many kinds, none of which is a fault of ours.
    private static bool IsOfTheFile(Exception e) => e is not (OperationCanceledException or OutOfMemoryException);

    private static string ErrorOf(Exception e) => e is ExcelDataReader.Exceptions.InvalidPasswordException
        ? "is protected by a password: save it without one"
        : "cannot be read as a workbook: open it in a spreadsheet and save it as .xlsx or CSV";
}
