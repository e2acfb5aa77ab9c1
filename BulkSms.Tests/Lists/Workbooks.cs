using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace BulkSms.Tests.Lists;

/// <summary>Writes small workbooks, part by part, so that a test says what is in each cell.</summary>
internal static class Workbooks
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>Number formats that a cell can have, by their index: general, a date, five digits, a plus sign, a price, a percentage.</summary>
    private const string Styles = $"""
        <styleSheet xmlns="{Main}"><numFmts count="4"><numFmt numFmtId="167" formatCode="&quot;+44 &quot;0"/><numFmt numFmtId="164" formatCode="00000000000"/><numFmt numFmtId="165" formatCode="&quot;+&quot;0"/><numFmt numFmtId="166" formatCode="#,##0.00\ &quot;€&quot;"/></numFmts>
        <fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="7"><xf/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="9"/><xf numFmtId="167"/></cellXfs></styleSheet>
        """;

    /// <summary>A workbook of one sheet; a cell is text, a number, or what <see cref="Cell"/> writes.</summary>
    public static byte[] Of(params object?[][] rows) => Of(("Guests", rows));

    /// <summary>A workbook; a sheet whose name begins with <c>!</c> is hidden, and so is a row whose last cell is <see cref="Hidden"/>.</summary>
    public static byte[] Of(params (string Name, object?[][] Rows)[] sheets)
    {
        var parts = new List<(string, string)>
        {
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("_rels/.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
            ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>{string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{sheet.Name.TrimStart('!')}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"{(sheet.Name[0] == '!' ? " state=\"hidden\"" : "")}/>"))}</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}\">{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))}<Relationship Id=\"rId99\" Type=\"{Office}/styles\" Target=\"styles.xml\"/></Relationships>"),
            ("xl/styles.xml", Styles),
        };
        parts.AddRange(sheets.Select((sheet, i) => ($"xl/worksheets/sheet{i + 1}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{string.Concat(sheet.Rows.Select(Row))}</sheetData></worksheet>")));
        return Zip([.. parts]);
    }

    /// <summary>Hides its row.</summary>
    public static object Hidden { get; } = new();

    /// <summary>Hides its row, as LibreOffice writes it.</summary>
    public static object HiddenByLibreOffice { get; } = new();

    /// <summary>A cell by its attributes and content.</summary>
    public sealed record Cell(string Attributes, string Content)
    {
        /// <summary>A number in one of the formats.</summary>
        public static Cell Number(string value, int style = 0) => new($"s=\"{style}\"", $"<v>{value}</v>");

        /// <summary>A formula's error.</summary>
        public static Cell Error(string value) => new("t=\"e\"", $"<f>1/0</f><v>{value}</v>");
    }

    /// <summary>A workbook whose one sheet has these rows, as XML.</summary>
    public static byte[] OfXml(string rows)
    {
        using var file = new MemoryStream();
        file.Write(Of(["phone"]));
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("xl/worksheets/sheet1.xml")!.Delete();
            using var part = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
            part.Write(Encoding.UTF8.GetBytes($"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>"));
        }

        return file.ToArray();
    }

    /// <summary>A ZIP file of these parts.</summary>
    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return file.ToArray();
    }

    /// <summary>An .xls file as Excel 2 wrote it: records without anything around them.</summary>
    public static byte[] Old(params object?[][] rows)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        Record(writer, 0x09, [2, 0, 0x10, 0]);
        Record(writer, 0x00, [.. BitConverter.GetBytes((ushort)0), .. BitConverter.GetBytes((ushort)rows.Length), 0, 0, .. BitConverter.GetBytes((ushort)rows.Max(row => row.Length))]);
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < rows[row].Length; column++)
            {
                byte[] head = [.. BitConverter.GetBytes((ushort)row), .. BitConverter.GetBytes((ushort)column), 0, 0, 0];
                if (rows[row][column] is double number)
                {
                    Record(writer, 0x03, [.. head, .. BitConverter.GetBytes(number)]);
                }
                else if (rows[row][column] is string text)
                {
                    Record(writer, 0x04, [.. head, (byte)text.Length, .. Encoding.Latin1.GetBytes(text)]);
                }
            }
        }

        Record(writer, 0x0A, []);
        return file.ToArray();
    }

    private static void Record(BinaryWriter writer, ushort kind, byte[] content)
    {
        writer.Write(kind);
        writer.Write((ushort)content.Length);
        writer.Write(content);
    }

    private static string Row(object?[] cells, int index)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"{index + 1}");
        var written = cells.Select((cell, column) => cell switch
        {
            null => "",
            Cell special => $"<c r=\"{(char)('A' + column)}{row}\" {special.Attributes}>{special.Content}</c>",
            string text => $"<c r=\"{(char)('A' + column)}{row}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>",
            IFormattable number => $"<c r=\"{(char)('A' + column)}{row}\"><v>{number.ToString(null, CultureInfo.InvariantCulture)}</v></c>",
            _ => "",
        });
        return $"<row r=\"{row}\"{(cells is [.., var last] && last == Hidden ? " hidden=\"1\"" : cells is [.., var mark] && mark == HiddenByLibreOffice ? " hidden=\"true\" customHeight=\"false\" ht=\"12.8\"" : "")}>{string.Concat(written)}</row>";
    }
}
