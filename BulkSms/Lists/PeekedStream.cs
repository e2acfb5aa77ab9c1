namespace BulkSms.Lists;

/// <summary>A stream whose beginning was read already, and is given again.</summary>
/// <param name="head">The beginning.</param>
/// <param name="inner">The rest; left open.</param>
internal sealed class PeekedStream(ReadOnlyMemory<byte> head, Stream inner) : Stream
{
    private int at;

    /// <summary>The beginning.</summary>
    public ReadOnlyMemory<byte> Head => head;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads so many bytes, or all there are.</summary>
    public static async Task<PeekedStream> OfAsync(Stream inner, int most, CancellationToken cancellation)
    {
        var head = new byte[most];
        var length = await inner.ReadAtLeastAsync(head, most, throwOnEndOfStream: false, cancellation);
        return new(head.AsMemory(0, length), inner);
    }

    public override int Read(byte[] buffer, int offset, int count) => at < head.Length ? Give(buffer.AsSpan(offset, count)) : inner.Read(buffer, offset, count);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        at < head.Length ? Give(buffer.Span) : await inner.ReadAsync(buffer, cancellationToken);

    public override void Flush()
    {
        // nothing is written
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Give(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, head.Length - at);
        head.Span.Slice(at, length).CopyTo(buffer);
        at += length;
        return length;
    }
}
