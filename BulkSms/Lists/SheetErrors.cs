using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace BulkSms.Lists;

/// <summary>
/// What ExcelDataReader does not tell of a sheet of an .xlsx file: its error cells and formulas that were never calculated, which it gives as empty ones (neither is a missing value), cells of the
/// type of a date, rows that are hidden by <c>hidden="true"</c>, as LibreOffice writes it, and rows that stand twice or out of order, of which it gives the last.
/// </summary>
internal sealed class SheetErrors
{
    private const int Most = 10_000;
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true };
    private readonly Dictionary<(int Row, int Column), TableCell> found = [];
    private readonly HashSet<int> hidden = [];

    /// <summary>Whether the sheet was found and read: else an error cell may look empty.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Whether there are more errors than are kept.</summary>
    public bool IsTooMany => found.Count > Most;

    /// <summary>Whether a row, or a cell of one, stands where one before it stands.</summary>
    public bool IsOutOfOrder { get; private set; }

    /// <summary>Whether a row is hidden.</summary>
    public bool IsHidden(int row) => hidden.Contains(row);

    /// <summary>A cell that the library does not tell; null: it does.</summary>
    public TableCell? Of(int row, int column) => found.TryGetValue((row, column), out var cell) ? cell : null;

    /// <summary>Reads them.</summary>
    /// <param name="file">The workbook; its position is kept.</param>
    /// <param name="sheet">The name of the sheet.</param>
    public static SheetErrors Read(Stream file, string sheet)
    {
        var (errors, position) = (new SheetErrors(), file.Position);
        try
        {
            file.Position = 0;
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (PartOf(zip, sheet) is { } part)
            {
                using var stream = part.Open();
                using var xml = XmlReader.Create(stream, Settings);
                errors.Read(xml);
                errors.IsKnown = true;
            }
        }
        finally
        {
            file.Position = position;
        }

        return errors;
    }

    // Rows and cells may leave out where they are: then they follow the one before.
    private void Read(XmlReader xml)
    {
        var (row, column, highest) = (0, -1, 0);
        while (!IsTooMany && !IsOutOfOrder && xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "row")
            {
                row = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : row + 1;
                IsOutOfOrder = row <= highest;
                (column, highest) = (-1, row);
                if (xml.GetAttribute("hidden") is "1" or "true")
                {
                    hidden.Add(row);
                }
            }
            else if (xml.LocalName == "c")
            {
                var before = column;
                column = xml.GetAttribute("r") is { } name ? ColumnOf(name) : column + 1;
                IsOutOfOrder = column <= before;
                if (!xml.IsEmptyElement)
                {
                    Take(xml, row, column);
                }
            }
        }
    }

    private void Take(XmlReader xml, int row, int column)
    {
        var type = xml.GetAttribute("t");
        var (formula, value) = PartsOf(xml);
        if (type == "e")
        {
            found[(row, column)] = new(value is { Length: > 0 } ? Printable.Of(value) : "#N/A", CellKind.Error);
        }
        else if (type == "d")
        {
            found[(row, column)] = new(Printable.Of(value ?? ""), CellKind.Date);
        }
        else if (formula is not null && (type == "str" ? value is null : value is not { Length: > 0 })) // of a text, an empty one is a result
        {
            found[(row, column)] = new("=" + Printable.Of(formula), CellKind.Uncalculated);
        }
    }

    // A formula and its result, each null where it is not there. A text within the cell is a result, too.
    private static (string? Formula, string? Value) PartsOf(XmlReader cell)
    {
        var (formula, value, isFormula, depth) = ((string?)null, (string?)null, false, cell.Depth);
        while (cell.Read() && cell.Depth > depth)
        {
            if (cell.NodeType == XmlNodeType.Element)
            {
                isFormula = cell.LocalName == "f";
                (formula, value) = isFormula ? (formula ?? "", value) : (formula, value ?? "");
            }
            else if (cell.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                (formula, value) = isFormula ? (formula + cell.Value, value) : (formula, value + cell.Value);
            }
        }

        return (formula, value);
    }

    private static int ColumnOf(string name)
    {
        var column = 0;
        foreach (var letter in name.TakeWhile(char.IsAsciiLetter))
        {
            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A') + 1;
        }

        return column - 1;
    }

    private static ZipArchiveEntry? PartOf(ZipArchive zip, string sheet)
    {
        if (zip.GetEntry("xl/workbook.xml") is not { } workbook || zip.GetEntry("xl/_rels/workbook.xml.rels") is not { } relations)
        {
            return null;
        }

        var id = Load(workbook).Descendants().Where(each => each.Name.LocalName == "sheet" && (string?)each.Attribute("name") == sheet)
            .SelectMany(each => each.Attributes()).FirstOrDefault(attribute => attribute.Name.LocalName == "id" && attribute.Name.NamespaceName.Length > 0)?.Value;
        var target = Load(relations).Descendants().FirstOrDefault(each => each.Name.LocalName == "Relationship" && (string?)each.Attribute("Id") == id)?.Attribute("Target")?.Value;
        return target is null ? null : zip.GetEntry(target.StartsWith('/') ? target[1..] : "xl/" + target);
    }

    private static XDocument Load(ZipArchiveEntry part)
    {
        using var stream = part.Open();
        using var xml = XmlReader.Create(stream, Settings);
        return XDocument.Load(xml);
    }
}
