namespace BulkSms.Broadcasts.Requests;

/// <summary>Lines of a text, none of them longer than a buffer that is kept.</summary>
/// <param name="reader">The text.</param>
/// <param name="longest">Characters of the longest line.</param>
internal sealed class LineReader(TextReader reader, int longest)
{
    private readonly char[] buffer = new char[longest + 2]; // and what ends it
    private int start;
    private int end;
    private bool hasEnded;

    /// <summary>The number of the line, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The line without its end; valid until the next.</summary>
    public ReadOnlyMemory<char> Line { get; private set; }

    /// <summary>Whether reading stopped at a line that is too long.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Goes to the next line; false at the end, and at a line that is too long.</summary>
    public async ValueTask<bool> TryReadAsync(CancellationToken cancellation)
    {
        int length;
        while ((length = buffer.AsSpan(start, end - start).IndexOf('\n')) < 0 && !hasEnded && end - start < buffer.Length)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            var read = await reader.ReadAsync(buffer.AsMemory(end), cancellation);
            end += read;
            hasEnded = read == 0;
        }

        if (length < 0 && start == end)
        {
            return false;
        }

        Number++;
        var line = buffer.AsMemory(start, length < 0 ? end - start : length);
        start += length < 0 ? line.Length : length + 1;
        Line = line.Span is [.., '\r'] ? line[..^1] : line;
        IsTooLong = Line.Length > longest;
        return !IsTooLong;
    }
}
