using System.Text;
using BulkSms.Lists;

namespace BulkSms.Tests.Lists;

/// <summary>A file that is no list is refused by what it is, whatever it is called.</summary>
public sealed class FileKindTests
{
    [Theory]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("\u0089PNG\r\n", "PNG")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "JPEG")]
    [InlineData("GIF89a", "GIF")]
    [InlineData("\u001f\u008b\b", "gzip")]
    [InlineData("Rar!\u001a", "RAR")]
    [InlineData("SQLite format 3\0", "SQLite")]
    [InlineData("{\\rtf1\\ansi", "RTF")]
    [InlineData("<html><body><table>", "HTML")]
    [InlineData("\r\n  <TABLE border=1><tr>", "HTML")]
    [InlineData("\u00ef\u00bb\u00bf<!DOCTYPE html>", "HTML")]
    [InlineData("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "Excel 2003")]
    [InlineData("<?xml version=\"1.0\"?><people/>", "XML")]
    [InlineData("MIME-Version: 1.0\r\nContent-Type: multipart/related", "web archive")]
    [InlineData("BEGIN:VCARD\r\nVERSION:3.0", "vCard")]
    [InlineData("\u0001\u0002\0\0\u0007abc\0\0\0\u0009", "neither text nor a workbook")]
    public void Of_OtherFiles_SaysWhichTheyAre(string begins, string word)
    {
        var kind = FileKind.Of(Encoding.Latin1.GetBytes(begins));

        Assert.Contains(word, kind.Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phone,name", false)]
    [InlineData("", false)]
    [InlineData("p\0h\0o\0n\0e\0", false)]
    [InlineData("<b>", false)] // a name of a column may begin with anything
    [InlineData("PK\u0003\u0004", true)]
    [InlineData("\u00d0\u00cf\u0011\u00e0", true)]
    public void Of_Lists_AreTextOrSheets(string begins, bool isSheet) => Assert.Equal(new(isSheet), FileKind.Of(Encoding.Latin1.GetBytes(begins)));

    [Theory]
    [InlineData("word/document.xml", "Word")]
    [InlineData("ppt/presentation.xml", "PowerPoint")]
    [InlineData("Index/Document.iwa", "Numbers")]
    [InlineData("content.xml", "OpenDocument")]
    [InlineData("list.csv", "ZIP archive: unpack it, and send the list in it, such as list.csv")]
    public async Task Open_OtherZipFiles_SaysWhichTheyAre(string part, string word)
    {
        using var opened = await ListText.OpenAsync(new MemoryStream(Workbooks.Zip((part, "x"))), null, null, default);

        Assert.Contains(word, opened.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ZipBomb_IsRefusedBeforeItIsUnpacked()
    {
        var bomb = Workbooks.Zip(("xl/workbook.xml", "x"), ("xl/worksheets/sheet1.xml", new string(' ', 20_000_000)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        using var opened = await ListText.OpenAsync(new MemoryStream(bomb), null, null, default);

        Assert.Contains("unpacks to far more", opened.Error, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public async Task Open_ZipThatDeclaresLessThanItHas_IsCutThere()
    {
        var file = Workbooks.Of(("Guests", [["Mobile"], .. Enumerable.Repeat<object?[]>(["+15551230001"], 1000)]));
        foreach (var at in Declared(file))
        {
            BitConverter.GetBytes(100).CopyTo(file, at); // the unpacked size, of the sheet alone, wherever the file tells it
        }

        using var opened = await ListText.OpenAsync(new MemoryStream(file), null, null, default);
        var rows = 0;
        while (opened.Sheet is { } sheet && await sheet.ReadAsync(default) is { IsLast: false })
        {
            rows++;
        }

        Assert.InRange(rows, 0, 3);
    }

    private static IEnumerable<int> Declared(byte[] file)
    {
        var name = Encoding.UTF8.GetBytes("xl/worksheets/sheet1.xml");
        for (var at = file.AsSpan().IndexOf(name); at >= 0;)
        {
            if (file.AsSpan(at - 46, 4).SequenceEqual("PK\u0001\u0002"u8))
            {
                yield return at - 46 + 24;
            }
            else if (file.AsSpan(at - 30, 4).SequenceEqual("PK\u0003\u0004"u8))
            {
                yield return at - 30 + 22;
            }

            var next = file.AsSpan(at + 1).IndexOf(name);
            at = next < 0 ? -1 : at + 1 + next;
        }
    }
}
