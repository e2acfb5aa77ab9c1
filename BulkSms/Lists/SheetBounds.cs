using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace BulkSms.Lists;

/// <summary>
/// Whether a sheet of an .xlsx file keeps to what a spreadsheet can hold, found out as it streams by: what reads the workbook afterwards holds each text and each row whole.
/// </summary>
internal static class SheetBounds
{
    private const int MaxText = 32_767;
    private const int MaxCells = 16_384;
    private const int MaxRows = 1_048_576;
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true };

    /// <summary>Whether it does.</summary>
    public static bool Keeps(ZipArchiveEntry sheet)
    {
        using var stream = sheet.Open();
        using var xml = XmlReader.Create(stream, Settings);
        var (rows, cells, buffer) = (0, 0, new char[4096]);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "row")
            {
                rows = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : rows + 1;
                cells = 0;
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c")
            {
                cells++;
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace && IsTooLong(xml, buffer))
            {
                return false;
            }

            if (rows > MaxRows || cells > MaxCells)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsTooLong(XmlReader xml, char[] buffer)
    {
        var (length, read) = (0, 0);
        do
        {
            read = xml.ReadValueChunk(buffer, 0, buffer.Length);
            length += read;
        }
        while (read > 0 && length <= MaxText);
        return length > MaxText;
    }
}
