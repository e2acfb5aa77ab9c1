using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace BulkSms.Lists;

/// <summary>
/// What ExcelDataReader does not tell of a sheet of an .xlsx file: its error cells, which it gives as empty ones (a formula that failed is no missing value), and rows that are hidden by
/// <c>hidden="true"</c>, as LibreOffice writes it.
/// </summary>
internal sealed class SheetErrors
{
    private const int Most = 10_000;
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true };
    private readonly Dictionary<(int Row, int Column), string> found = [];
    private readonly HashSet<int> hidden = [];

    /// <summary>Whether the sheet was found and read: else an error cell may look empty.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Whether there are more errors than are kept.</summary>
    public bool IsTooMany => found.Count > Most;

    /// <summary>Whether a row is hidden.</summary>
    public bool IsHidden(int row) => hidden.Contains(row);

    /// <summary>The error of a cell; null: it has none.</summary>
    public string? Of(int row, int column) => found.Count == 0 ? null : found.GetValueOrDefault((row, column));

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
        var (row, column) = (0, -1);
        while (!IsTooMany && xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (xml.LocalName == "row")
            {
                row = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : row + 1;
                column = -1;
                if (xml.GetAttribute("hidden") is "1" or "true")
                {
                    hidden.Add(row);
                }
            }
            else if (xml.LocalName == "c")
            {
                column = xml.GetAttribute("r") is { } name ? ColumnOf(name) : column + 1;
                if (xml.GetAttribute("t") == "e" && !xml.IsEmptyElement)
                {
                    found[(row, column)] = ValueOf(xml);
                }
            }
        }
    }

    private static string ValueOf(XmlReader cell)
    {
        using var inner = cell.ReadSubtree();
        while (inner.Read())
        {
            if (inner.NodeType == XmlNodeType.Element && inner.LocalName == "v")
            {
                return Printable.Of(inner.ReadElementContentAsString());
            }
        }

        return "#N/A";
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
