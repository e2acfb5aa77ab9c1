namespace BulkSms.Broadcasts.Requests;

/// <summary>A file has more lines than it may, most of them blank.</summary>
internal sealed class TooManyLinesException : Exception;

/// <summary>Reads a file up to a number of line ends: blank lines are passed over, and millions of them cost as much as people.</summary>
/// <param name="inner">The file; left open.</param>
/// <param name="most">Line ends; carriage return and line feed are two.</param>
internal sealed class LineBoundStream(Stream inner, long most) : Stream
{
    private long ends;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(buffer.AsSpan(offset, inner.Read(buffer, offset, count)));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        return Count(buffer.Span[..read]);
    }

    public override void Flush()
    {
        // nothing is written
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(ReadOnlySpan<byte> read)
    {
        ends += read.Count((byte)'\n') + read.Count((byte)'\r');
        return ends <= most ? read.Length : throw new TooManyLinesException();
    }
}
