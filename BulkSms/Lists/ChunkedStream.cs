namespace BulkSms.Lists;

/// <summary>A whole file in memory, in blocks of one size: a workbook is read from its end, and one array that grows would take three times as much.</summary>
internal sealed class ChunkedStream : Stream
{
    private const int Size = 64 * 1024;
    private readonly List<byte[]> chunks = [];
    private long length;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Reads a stream to its end.</summary>
    public static async Task<ChunkedStream> OfAsync(Stream source, CancellationToken cancellation)
    {
        var all = new ChunkedStream();
        int read;
        do
        {
            var chunk = new byte[Size];
            read = await source.ReadAtLeastAsync(chunk, Size, throwOnEndOfStream: false, cancellation);
            all.chunks.Add(chunk);
            all.length += read;
        }
        while (read == Size);
        return all;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length && position < length)
        {
            var (chunk, from) = ((int)(position / Size), (int)(position % Size));
            var part = (int)Math.Min(Math.Min(buffer.Length - total, Size - from), length - position);
            chunks[chunk].AsSpan(from, part).CopyTo(buffer[total..]);
            total += part;
            position += part;
        }

        return total;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
        // nothing is written
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
