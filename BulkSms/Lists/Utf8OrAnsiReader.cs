using System.Buffers;
using System.Text.Unicode;

namespace BulkSms.Lists;

/// <summary>
/// UTF-8; or Windows-1252 from the first byte on that is not UTF-8, if nothing before it told the two apart. A file that is neither, or both, has U+FFFD where it
/// cannot be read: a value that is used is then refused.
/// </summary>
/// <param name="stream">The file; left open.</param>
/// <param name="mayBeAnsi">Whether it may be Windows-1252: nothing says that it is UTF-8.</param>
internal sealed class Utf8OrAnsiReader(Stream stream, bool mayBeAnsi) : TextReader
{
    private const char Lost = '\ufffd';
    private const string High = "€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ"; // 0x80 to 0x9F
    private readonly byte[] bytes = new byte[16 * 1024];
    private int start;
    private int end;
    private bool hasEnded;
    private bool isFirst = true;
    private bool hasMultibyte;
    private char? pending;

    /// <summary>Whether it is read as Windows-1252.</summary>
    public bool IsAnsi { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if ((pending is not null || start < end) && Take(buffer.Span) is var written and > 0)
            {
                return written;
            }

            if (hasEnded)
            {
                return 0;
            }

            bytes.AsSpan(start, end - start).CopyTo(bytes);
            (start, end) = (0, end - start);
            var read = await stream.ReadAsync(bytes.AsMemory(end), cancellationToken);
            end += read;
            hasEnded = read == 0;
        }
    }

    public override int Read(char[] buffer, int index, int count) => throw new NotSupportedException();

    // A character of two code units does not fit into a buffer of one.
    private int Take(Span<char> chars)
    {
        if (pending is { } kept)
        {
            chars[0] = kept;
            pending = null;
            return 1;
        }

        if (chars.Length != 1)
        {
            return Decode(chars);
        }

        Span<char> two = stackalloc char[2];
        var written = Decode(two);
        pending = written == 2 ? two[1] : null;
        chars[0] = two[0];
        return Math.Min(written, 1);
    }

    private int Decode(Span<char> chars)
    {
        if (IsAnsi)
        {
            var count = Math.Min(chars.Length, end - start);
            for (var i = 0; i < count; i++)
            {
                chars[i] = Ansi(bytes[start++]);
            }

            return count;
        }

        var status = Utf8.ToUtf16(bytes.AsSpan(start, end - start), chars, out var read, out var written, replaceInvalidSequences: false, isFinalBlock: hasEnded);
        hasMultibyte |= read > written;
        start += read;
        if (status == OperationStatus.InvalidData && written < chars.Length)
        {
            IsAnsi = mayBeAnsi && !hasMultibyte;
            chars[written++] = IsAnsi ? Ansi(bytes[start]) : Lost;
            start++;
        }

        if (isFirst && written > 0)
        {
            isFirst = false;
            return chars[0] == '\ufeff' ? WithoutMark(chars, written) : written;
        }

        return written;
    }

    private static int WithoutMark(Span<char> chars, int written)
    {
        chars[1..written].CopyTo(chars);
        return written - 1;
    }

    private static char Ansi(byte value) => value is >= 0x80 and <= 0x9F ? High[value - 0x80] : (char)value;
}
