using System.Text;

namespace BulkSms.Lists;

/// <summary>A file that may be a list, opened as what it is.</summary>
/// <param name="Sheet">It as a workbook's sheet; null: it is text.</param>
/// <param name="Text">Its text; null: it is a workbook.</param>
/// <param name="Head">The beginning of the text.</param>
/// <param name="Error">What it is instead, and what to do; null: it is a list.</param>
internal sealed record ListText(ITableReader? Sheet, TextReader? Text, string Head, string? Error) : IDisposable
{
    private const int HeadBytes = 8 * 1024;

    /// <summary>Opens a file.</summary>
    /// <param name="file">The file; left open.</param>
    /// <param name="charset">The encoding that its sender declares; null: none.</param>
    /// <param name="sheet">The sheet to read; null: the first.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static async Task<ListText> OpenAsync(Stream file, string? charset, string? sheet, CancellationToken cancellation)
    {
        var peeked = await PeekedStream.OfAsync(file, HeadBytes, cancellation);
        var kind = FileKind.Of(peeked.Head.Span);
        if (kind.Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        if (kind.IsSheet)
        {
            var reader = SheetReader.Open(await ChunkedStream.OfAsync(peeked, cancellation), sheet, out var error);
            return new(reader, null, "", error);
        }

        if (sheet is not null)
        {
            return Refused("is a text file, which has no sheets: leave out sheet");
        }

        return TextEncoding.Open(peeked, peeked.Head.Span, charset) is { } text
            ? new(null, text, await HeadAsync(peeked.Head, charset), null)
            : Refused($"is declared to be in {Printable.Of(charset ?? "")}, which is no known encoding: save it as UTF-8");
    }

    public void Dispose()
    {
        Sheet?.Dispose();
        Text?.Dispose();
    }

    private static ListText Refused(string error) => new(null, null, "", error);

    // The last character may be cut in two.
    private static async Task<string> HeadAsync(ReadOnlyMemory<byte> bytes, string? charset)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        using var text = TextEncoding.Open(stream, bytes.Span, charset)!;
        var (head, part) = (new StringBuilder(), new char[HeadBytes]);
        int read;
        while ((read = await text.ReadAsync(part.AsMemory())) > 0)
        {
            head.Append(part, 0, read);
        }

        return bytes.Length < HeadBytes ? head.ToString() : head.ToString(0, Math.Max(0, head.Length - 4));
    }
}
