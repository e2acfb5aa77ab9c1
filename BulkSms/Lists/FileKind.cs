using System.Text;

namespace BulkSms.Lists;

/// <summary>What a file is by its first bytes, whatever it is called.</summary>
/// <param name="IsSheet">Whether it is a workbook, or packed as one.</param>
/// <param name="Refusal">What it is instead of a list, and what to do; null: it may be a list.</param>
public sealed record FileKind(bool IsSheet, string? Refusal = null)
{
    private const string Export = "open it in a spreadsheet and save it as .xlsx or CSV";

    private static readonly FileKind Sheet = new(IsSheet: true);
    private static readonly FileKind Text = new(IsSheet: false);

    private static readonly (byte[] Begins, string Is)[] Others =
    [
        ("%PDF"u8.ToArray(), "is a PDF document: send the spreadsheet that it was made from"),
        ([0x89, .. "PNG"u8], "is a picture (PNG): send the spreadsheet itself"),
        ([0xFF, 0xD8, 0xFF], "is a picture (JPEG): send the spreadsheet itself"),
        ("GIF8"u8.ToArray(), "is a picture (GIF): send the spreadsheet itself"),
        ("II*\0"u8.ToArray(), "is a picture (TIFF): send the spreadsheet itself"),
        ("MM\0*"u8.ToArray(), "is a picture (TIFF): send the spreadsheet itself"),
        ([0x1F, 0x8B], "is compressed (gzip): unpack it, and send the list in it"),
        ([.. "7z"u8, 0xBC, 0xAF], "is compressed (7z): unpack it, and send the list in it"),
        ("Rar!"u8.ToArray(), "is compressed (RAR): unpack it, and send the list in it"),
        ("SQLite format 3"u8.ToArray(), "is a database (SQLite): export the list from it as CSV"),
        ("PAR1"u8.ToArray(), "is a Parquet file: export the list as CSV"),
        ("bplist00"u8.ToArray(), "is a property list of macOS: export the list as CSV"),
        ("{\\rtf"u8.ToArray(), "is a text document (RTF): put the list into a spreadsheet and save it as .xlsx or CSV"),
    ];

    private static readonly (string Has, string Is)[] Texts =
    [
        ("BEGIN:VCARD", "is a contact card (vCard): export the contacts as CSV"),
        ("BEGIN:VCALENDAR", "is a calendar: export the list as CSV"),
        ("MIME-Version:", $"is a web archive or a mail: {Export}"),
        ("urn:schemas-microsoft-com:office:spreadsheet", $"is an XML spreadsheet of Excel 2003: {Export}"),
        ("urn:oasis:names:tc:opendocument", $"is an OpenDocument file (flat XML): {Export}"),
        ("<html", $"is a web page (HTML), whatever its name says: {Export}"),
        ("<!doctype html", $"is a web page (HTML), whatever its name says: {Export}"),
        ("<table", $"is a web page (HTML), whatever its name says: {Export}"),
        ("<head", $"is a web page (HTML), whatever its name says: {Export}"),
        ("<meta", $"is a web page (HTML), whatever its name says: {Export}"),
        ("<style", $"is a web page (HTML), whatever its name says: {Export}"),
        ("<div", $"is a web page (HTML), whatever its name says: {Export}"),
        ("<?xml", "is an XML file: export the list as CSV or .xlsx"),
    ];

    /// <summary>Tells it by the beginning of a file.</summary>
    public static FileKind Of(ReadOnlySpan<byte> head)
    {
        if (IsZip(head) || head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) || IsOldSheet(head))
        {
            return Sheet;
        }

        foreach (var (begins, kind) in Others)
        {
            if (head.StartsWith(begins))
            {
                return new(IsSheet: false, kind);
            }
        }

        return MarkupOf(head) is { } markup ? new(IsSheet: false, markup)
            : TextEncoding.IsText(head) ? Text
            : new(IsSheet: false, "is neither text nor a workbook: send .xlsx, .xls, CSV or NDJSON");
    }

    private static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    // Excel 2 to 4 wrote the records of a sheet without anything around them.
    private static bool IsOldSheet(ReadOnlySpan<byte> head) => head.Length > 3 && head[0] == 0x09 && head[1] is 0x00 or 0x02 or 0x04 or 0x08 && head[2] is 0x04 or 0x06 or 0x08 && head[3] == 0;

    private static string? MarkupOf(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head[..Math.Min(head.Length, 2048)]).Replace("\0", "", StringComparison.Ordinal).TrimStart('\u00ef', '\u00bb', '\u00bf', '\u00ff', '\u00fe').TrimStart();
        if (!text.StartsWith('<') && !text.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("MIME-", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return Array.Find(Texts, each => text.Contains(each.Has, StringComparison.OrdinalIgnoreCase)).Is;
    }
}
