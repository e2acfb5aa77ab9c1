using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BulkSms.Broadcasts;

/// <summary>The entries of a request that are no recipients, as JSON, one a line, in their order.</summary>
internal static class SkippedLines
{
    private const int BufferSize = 64 * 1024;
    private const int Some = 1000;
    private const byte Newline = (byte)'\n';

    /// <summary>Writes line by line: the whole is never held.</summary>
    public static async Task WriteAsync(Stream stream, IEnumerable<SkippedEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>(BufferSize);
        await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (var entry in entries)
        {
            JsonSerializer.Serialize(json, entry, SkippedJson.Readable.SkippedEntry);
            json.Reset();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount >= BufferSize)
            {
                await stream.WriteAsync(buffer.WrittenMemory);
                buffer.ResetWrittenCount();
            }
        }

        await stream.WriteAsync(buffer.WrittenMemory);
    }

    /// <summary>The same, as they come.</summary>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<SkippedEntry> entries, CancellationToken cancellation)
    {
        await foreach (var some in entries.Chunk(Some).WithCancellation(cancellation))
        {
            await WriteAsync(stream, some);
        }
    }

    /// <summary>Reads line by line, from a byte on; each entry with the byte after it.</summary>
    /// <param name="stream">The lines; it can seek.</param>
    /// <param name="from">0, or what an earlier reading gave as the end of an entry.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="FormatException">No entry begins there.</exception>
    public static async IAsyncEnumerable<(SkippedEntry Entry, long End)> ReadAsync(Stream stream, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (from > stream.Length)
        {
            throw new FormatException("The list of skipped entries is not as long.");
        }

        stream.Position = Math.Max(0, from - 1); // at the line end before it
        var (buffer, filled, end, isFirst) = (new byte[BufferSize], 0, from, from > 0);
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellation);
            filled += read;
            var start = isFirst ? 1 : 0;
            if (isFirst && (read == 0 || buffer[0] != Newline))
            {
                throw new FormatException("No skipped entry begins there.");
            }

            isFirst = false;
            while (buffer.AsSpan(start, filled - start).IndexOf(Newline) is var length and >= 0)
            {
                end += length + 1;
                yield return (JsonSerializer.Deserialize(buffer.AsSpan(start, length), SkippedJson.Readable.SkippedEntry), end);
                start += length + 1;
            }

            if (read == 0)
            {
                yield break;
            }

            filled -= start;
            buffer.AsSpan(start, filled).CopyTo(buffer);
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }
}

[JsonSerializable(typeof(SkippedEntry))]
internal sealed partial class SkippedJson : JsonSerializerContext
{
    public static SkippedJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    });
}
