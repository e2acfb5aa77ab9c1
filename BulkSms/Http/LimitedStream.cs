namespace BulkSms.Http;

/// <summary>The body is longer than it may be.</summary>
/// <param name="limit">Bytes that are read.</param>
public sealed class BodyTooLargeException(long limit) : Exception($"The body has more than {limit} bytes.")
{
    public long Limit => limit;
}

/// <summary>Reads a stream up to a limit: what is longer throws <see cref="BodyTooLargeException"/> rather than end, as an end would pass for the whole.</summary>
/// <param name="inner">Left open.</param>
/// <param name="limit">Bytes.</param>
public sealed class LimitedStream(Stream inner, long limit) : Stream
{
    private long total;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => total;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    public override void Flush()
    {
        // nothing is written
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read)
    {
        total += read;
        return total <= limit ? read : throw new BodyTooLargeException(limit);
    }
}
