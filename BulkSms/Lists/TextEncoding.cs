using System.Text;

namespace BulkSms.Lists;

/// <summary>How the bytes of a text file become characters: by its byte order mark, by what its sender declares, or by what they are.</summary>
public static class TextEncoding
{
    private const int Compared = 512;

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Whether bytes can be text: those of a text file hold no zero byte, but for UTF-16 and UTF-32.</summary>
    public static bool IsText(ReadOnlySpan<byte> head) => !head.Contains((byte)0) || MarkOf(head) is not null || UnmarkedOf(head) is not null;

    /// <summary>Opens a text file.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="head">Its beginning, which the stream still gives.</param>
    /// <param name="charset">What its sender declares; null: nothing.</param>
    /// <returns>Null: what is declared is not known.</returns>
    public static TextReader? Open(Stream stream, ReadOnlySpan<byte> head, string? charset)
    {
        if ((MarkOf(head) ?? UnmarkedOf(head)) is { } marked)
        {
            return marked is UTF8Encoding ? new Utf8OrAnsiReader(stream, mayBeAnsi: false) : new StreamReader(stream, marked, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        }

        return Declared(charset) switch
        {
            null when !string.IsNullOrEmpty(charset) => null,
            null => new Utf8OrAnsiReader(stream, mayBeAnsi: true),
            UTF8Encoding or ASCIIEncoding => new Utf8OrAnsiReader(stream, mayBeAnsi: false),
            var encoding => new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true),
        };
    }

    private static Encoding? MarkOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    // UTF-16 without its mark: every other byte of what is written in Latin letters is zero.
    private static Encoding? UnmarkedOf(ReadOnlySpan<byte> head)
    {
        var (even, odd, pairs) = (0, 0, Math.Min(head.Length, Compared) / 2);
        for (var i = 0; i < pairs; i++)
        {
            even += head[2 * i] == 0 ? 1 : 0;
            odd += head[(2 * i) + 1] == 0 ? 1 : 0;
        }

        return pairs == 0 ? null
            : even == 0 && odd * 4 > pairs * 3 ? Encoding.Unicode
            : odd == 0 && even * 4 > pairs * 3 ? Encoding.BigEndianUnicode
            : null;
    }

    private static Encoding? Declared(string? charset)
    {
        if (string.IsNullOrEmpty(charset))
        {
            return null;
        }

        try
        {
            // What calls itself ISO 8859-1 or US-ASCII is read as the web does, where it is not ASCII.
            return charset.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) || charset.Equals("latin1", StringComparison.OrdinalIgnoreCase) || charset.Equals("ansi", StringComparison.OrdinalIgnoreCase)
                ? Encoding.GetEncoding(1252)
                : Encoding.GetEncoding(charset.Equals("utf8", StringComparison.OrdinalIgnoreCase) ? "utf-8" : charset);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
