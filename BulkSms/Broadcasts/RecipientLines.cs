using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts;

/// <summary>
/// The frozen list of a broadcast's recipients, a line each: a number or, when it has a text of its own, JSON with a version. Both kinds tell themselves
/// apart by their first character, <c>+</c> or <c>{</c>.
/// </summary>
public static class RecipientLines
{
    private const char Comma = ',';
    private const char Newline = '\n';
    private const int BufferSize = 64 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static string Write(Addressee addressee) => addressee.Text is null
        ? addressee.To
        : JsonSerializer.Serialize(LineOf(addressee), RecipientLineJson.Readable.RecipientLine);

    /// <exception cref="JsonException">A line of a version newer than this code.</exception>
    public static Addressee Read(string line)
    {
        if (!line.StartsWith('{'))
        {
            return new(line);
        }

        return JsonSerializer.Deserialize(line, RecipientLineJson.Readable.RecipientLine) is { V: 1 } read
            ? new(read.To, read.Text, read.Segments)
            : throw new JsonException("Not a recipient's line of version 1.");
    }

    /// <summary>All in one text, for a row: numbers parted by commas, or lines.</summary>
    public static string Join(IReadOnlyList<Addressee> addressees) =>
        string.Join(addressees is [{ Text: not null }, ..] ? Newline : Comma, addressees.Select(Write));

    /// <summary>The reverse of <see cref="Join"/>.</summary>
    public static IReadOnlyList<Addressee> Split(string text) =>
        [.. text.Split(text.StartsWith('{') ? Newline : Comma, StringSplitOptions.RemoveEmptyEntries).Select(Read)];

    /// <summary>Whether <see cref="Join"/> makes at most so many characters.</summary>
    public static bool FitIn(int limit, IEnumerable<Addressee> addressees)
    {
        var length = 0;
        return addressees.All(addressee => (length += Write(addressee).Length + 1) <= limit);
    }

    /// <summary>Writes line by line: the whole is never held.</summary>
    public static async Task WriteAsync(Stream stream, IEnumerable<Addressee> addressees)
    {
        var buffer = new ArrayBufferWriter<byte>(BufferSize);
        await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (var addressee in addressees)
        {
            Append(addressee, buffer, json);
            if (buffer.WrittenCount >= BufferSize)
            {
                await stream.WriteAsync(buffer.WrittenMemory);
                buffer.ResetWrittenCount();
            }
        }

        await stream.WriteAsync(buffer.WrittenMemory);
    }

    private static void Append(Addressee addressee, ArrayBufferWriter<byte> buffer, Utf8JsonWriter json)
    {
        if (addressee.Text is null)
        {
            Utf8.GetBytes(addressee.To, buffer);
        }
        else
        {
            JsonSerializer.Serialize(json, LineOf(addressee), RecipientLineJson.Readable.RecipientLine);
            json.Reset();
        }

        buffer.Write("\n"u8);
    }

    private static RecipientLine LineOf(Addressee addressee) => new(1, addressee.To, addressee.Text!, addressee.Segments);

    /// <summary>Reads line by line, from a recipient on.</summary>
    public static async IAsyncEnumerable<Addressee> ReadAsync(Stream stream, int from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: false, BufferSize, leaveOpen: true);
        for (var index = 0; await reader.ReadLineAsync(cancellation) is { } line; index++)
        {
            if (index >= from)
            {
                yield return Read(line);
            }
        }
    }
}

/// <summary>One line.</summary>
/// <param name="V">Version of this form.</param>
/// <param name="To">E.164.</param>
/// <param name="Text">The text for this recipient.</param>
/// <param name="Segments">Its billed parts.</param>
internal sealed record RecipientLine(int V, string To, string Text, int Segments);

[JsonSerializable(typeof(RecipientLine))]
internal sealed partial class RecipientLineJson : JsonSerializerContext
{
    public static RecipientLineJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
