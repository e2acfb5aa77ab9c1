using System.IO.Compression;

namespace BulkSms.Lists;

/// <summary>What a ZIP file is before any of it is unpacked: a workbook, something else, or more than it may be.</summary>
internal static class ZipContent
{
    /// <summary>Unpacked bytes of all parts.</summary>
    public const long MaxUnpacked = 512L * 1024 * 1024;

    /// <summary>Unpacked bytes of all parts but sheets: they are held in memory, while sheets are read row by row.</summary>
    public const long MaxHeld = 40L * 1024 * 1024;

    /// <summary>Unpacked for packed bytes, of a part that is large at all. A sheet of nothing but numbers has some 20.</summary>
    public const int MaxRatio = 100;

    /// <summary>Unpacked bytes of the parts that say which sheets there are.</summary>
    private const long MaxDirectory = 1024 * 1024;

    private const long Large = 8L * 1024 * 1024;
    private const int MaxParts = 10_000;
    private const string TooMuch = "unpacks to far more than a list of recipients has: copy the list alone into a new workbook";

    private static readonly (string Part, string Is)[] Others =
    [
        ("word/", "is a text document (Word): put the list into a spreadsheet and save it as .xlsx or CSV"),
        ("ppt/", "is a presentation (PowerPoint): send the spreadsheet itself"),
        ("Index/", "is a Numbers document: in Numbers, export it to Excel (.xlsx) or CSV"),
        ("Index.zip", "is a Numbers document: in Numbers, export it to Excel (.xlsx) or CSV"),
        ("content.xml", "is an OpenDocument file (.ods): in LibreOffice, save it as .xlsx or CSV"),
    ];

    /// <summary>Why it cannot be read; null: it is a workbook.</summary>
    public static string? ErrorOf(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            return zip.Entries.Count > MaxParts ? TooMuch : KindOf(zip) ?? SizeOf(zip, file.Length) ?? (zip.Entries.Where(IsSheet).All(SheetBounds.Keeps) ? null : TooMuch);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or System.Xml.XmlException)
        {
            return "is a damaged workbook or archive: open it in a spreadsheet and save it again";
        }
        finally
        {
            file.Position = 0;
        }
    }

    private static string? KindOf(ZipArchive zip)
    {
        if (zip.Entries.Any(part => IsUnder(part, "xl/")))
        {
            return null;
        }

        var other = Array.Find(Others, each => zip.Entries.Any(part => IsUnder(part, each.Part)));
        return other.Is ?? (zip.Entries.Any(part => part.FullName.EndsWith("[Content_Types].xml", StringComparison.OrdinalIgnoreCase))
            ? null // a workbook whose parts stand elsewhere
            : $"is a ZIP archive: unpack it, and send the list in it{Inside(zip)}");
    }

    private static bool IsUnder(ZipArchiveEntry part, string folder) => part.FullName.Replace('\\', '/').TrimStart('/').StartsWith(folder, StringComparison.OrdinalIgnoreCase);

    // In binary form a sheet counts as held: its bounds are not looked at.
    private static bool IsSheet(ZipArchiveEntry part) =>
        part.FullName.Contains("worksheets/", StringComparison.OrdinalIgnoreCase) && part.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    private static string Inside(ZipArchive zip) => zip.Entries.FirstOrDefault(part => part.Name.Length > 0) is { } first ? $", such as {Printable.Of(first.Name)}" : "";

    // The sizes that are declared bound what is unpacked: .NET stops at them. Parts that overlap could declare more packed bytes than the file has.
    private static string? SizeOf(ZipArchive zip, long length)
    {
        var (packed, unpacked, held) = (0L, 0L, 0L);
        foreach (var part in zip.Entries)
        {
            packed += part.CompressedLength;
            unpacked += part.Length;
            held += IsSheet(part) ? 0 : part.Length;
            if ((part.Name.StartsWith("workbook.", StringComparison.OrdinalIgnoreCase) && part.Length > MaxDirectory) || (part.Length > Large && part.Length / Math.Max(1, part.CompressedLength) > MaxRatio))
            {
                return TooMuch;
            }
        }

        return packed > length || unpacked > MaxUnpacked || held > MaxHeld ? TooMuch : null;
    }
}
