using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace BulkSms.FunctionsHostSimulator;

/// <summary>gRPC's framing of messages on a stream: a byte that says whether it is compressed, four with the length, then the message.</summary>
public static class GrpcFrames
{
    private const int HeaderLength = 5;

    public static async IAsyncEnumerable<byte[]> ReadAllAsync(PipeReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (TryTake(ref rest) is { } message)
            {
                yield return message;
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    public static async Task WriteAsync(PipeWriter writer, byte[] message, CancellationToken cancellation)
    {
        var header = writer.GetSpan(HeaderLength);
        header[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(header[1..], message.Length);
        writer.Advance(HeaderLength);
        await writer.WriteAsync(message, cancellation);
    }

    private static byte[]? TryTake(ref ReadOnlySequence<byte> rest)
    {
        if (rest.Length < HeaderLength)
        {
            return null;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        rest.Slice(0, HeaderLength).CopyTo(header);
        var length = BinaryPrimitives.ReadInt32BigEndian(header[1..]);
        if (rest.Length < HeaderLength + length)
        {
            return null;
        }

        if (header[0] != 0)
        {
            throw new InvalidDataException("The worker compresses its messages, which was not agreed upon.");
        }

        var message = rest.Slice(HeaderLength, length).ToArray();
        rest = rest.Slice(HeaderLength + length);
        return message;
    }
}
