using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BulkSms.Recipients;

namespace BulkSms.Broadcasts;

/// <summary>
/// The frozen list of a broadcast's recipients, a line each: a number, or JSON with a version when there is more to say of the recipient. Both kinds tell themselves apart by
/// their first character, <c>+</c> or <c>{</c>. The place of a recipient follows its number after a blank, unless it is the one after that of the recipient before.
/// </summary>
public static class RecipientLines
{
    private const int Version = 3;

    /// <summary>The version of a line that needs no newer one: older readers take it.</summary>
    private const int PlainVersion = 2;

    private const char Comma = ',';
    private const char Newline = '\n';
    private const char Blank = ' ';
    private const int BufferSize = 64 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>One recipient.</summary>
    /// <param name="addressee">Who.</param>
    /// <param name="next">The place that need not be written; then that of the next one.</param>
    public static string Write(Addressee addressee, ref int next)
    {
        var isNext = addressee.Place == next;
        next = addressee.Place + 1;
        return !addressee.IsBare ? JsonSerializer.Serialize(LineOf(addressee), RecipientLineJson.Readable.RecipientLine)
            : isNext ? addressee.To
            : string.Create(CultureInfo.InvariantCulture, $"{addressee.To}{Blank}{addressee.Place}");
    }

    /// <summary>The reverse of <see cref="Write"/>.</summary>
    /// <exception cref="JsonException">A line of a version newer than this code.</exception>
    public static Addressee Read(string line, ref int next)
    {
        if (!line.StartsWith('{'))
        {
            var blank = line.IndexOf(Blank, StringComparison.Ordinal);
            var place = blank < 0 ? next : int.Parse(line.AsSpan(blank + 1), NumberStyles.None, CultureInfo.InvariantCulture);
            next = place + 1;
            return new(blank < 0 ? line : line[..blank]) { Place = place };
        }

        if (JsonSerializer.Deserialize(line, RecipientLineJson.Readable.RecipientLine) is not { V: >= 1 and <= Version } read)
        {
            throw new JsonException($"Not a recipient's line of version {Version} or older.");
        }

        var at = read.Place ?? next;
        next = at + 1;
        return new(read.To, read.Text, read.Segments) { Place = at, Written = read.Written, Reference = read.Reference, Data = read.Data, Copy = read.Copy, Erased = PlaceOf(read) };
    }

    private static ErasedPlace? PlaceOf(RecipientLine line) => line.Erased is { } id ? new(line.Shard, id, line.Country ?? "") : null;

    /// <summary>All in one text, for a row: numbers parted by commas, or lines.</summary>
    public static string Join(IReadOnlyList<Addressee> addressees)
    {
        var next = 0;
        return string.Join(addressees.All(each => each.IsBare) ? Comma : Newline, addressees.Select(each => Write(each, ref next)));
    }

    /// <summary>The reverse of <see cref="Join"/>.</summary>
    public static IReadOnlyList<Addressee> Split(string text)
    {
        var next = 0;
        var isLines = text.StartsWith('{') || text.Contains(Newline, StringComparison.Ordinal);
        return [.. text.Split(isLines ? Newline : Comma, StringSplitOptions.RemoveEmptyEntries).Select(line => Read(line, ref next))];
    }

    /// <summary>Whether <see cref="Join"/> makes at most so many characters.</summary>
    public static bool FitIn(int limit, IEnumerable<Addressee> addressees)
    {
        var (length, next) = (0, 0);
        return addressees.All(addressee => (length += Write(addressee, ref next).Length + 1) <= limit);
    }

    /// <summary>Writes line by line: the whole is never held.</summary>
    public static async Task WriteAsync(Stream stream, IEnumerable<Addressee> addressees)
    {
        var buffer = new ArrayBufferWriter<byte>(BufferSize);
        await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var next = 0;
        foreach (var addressee in addressees)
        {
            Append(addressee, addressee.Place == next, buffer, json);
            next = addressee.Place + 1;
            if (buffer.WrittenCount >= BufferSize)
            {
                await stream.WriteAsync(buffer.WrittenMemory);
                buffer.ResetWrittenCount();
            }
        }

        await stream.WriteAsync(buffer.WrittenMemory);
    }

    /// <summary>The same, as they come.</summary>
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<Addressee> addressees, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>(BufferSize);
        await using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var next = 0;
        await foreach (var addressee in addressees.WithCancellation(cancellation))
        {
            Append(addressee, addressee.Place == next, buffer, json);
            next = addressee.Place + 1;
            if (buffer.WrittenCount >= BufferSize)
            {
                await stream.WriteAsync(buffer.WrittenMemory, cancellation);
                buffer.ResetWrittenCount();
            }
        }

        await stream.WriteAsync(buffer.WrittenMemory, cancellation);
    }

    private static void Append(Addressee addressee, bool isNext, ArrayBufferWriter<byte> buffer, Utf8JsonWriter json)
    {
        if (!addressee.IsBare)
        {
            JsonSerializer.Serialize(json, LineOf(addressee), RecipientLineJson.Readable.RecipientLine);
            json.Reset();
        }
        else
        {
            Utf8.GetBytes(addressee.To, buffer);
            if (!isNext)
            {
                var span = buffer.GetSpan(12);
                span[0] = (byte)Blank;
                addressee.Place.TryFormat(span[1..], out var digits, default, CultureInfo.InvariantCulture);
                buffer.Advance(digits + 1);
            }
        }

        buffer.Write("\n"u8);
    }

    private static RecipientLine LineOf(Addressee addressee) =>
        new(
            addressee.Erased is null ? PlainVersion : Version, addressee.To, addressee.Text, addressee.Segments, addressee.Place, addressee.Written, addressee.Reference, addressee.Data,
            addressee.Copy, addressee.Erased?.Id, addressee.Erased?.Shard ?? 0, addressee.Erased?.Country);

    /// <summary>Reads line by line, from a recipient on.</summary>
    public static async IAsyncEnumerable<Addressee> ReadAsync(Stream stream, int from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: false, BufferSize, leaveOpen: true);
        var next = 0;
        for (var index = 0; await reader.ReadLineAsync(cancellation) is { } line; index++)
        {
            var addressee = Read(line, ref next);
            if (index >= from)
            {
                yield return addressee;
            }
        }
    }
}

/// <summary>One line.</summary>
/// <param name="V">Version of this form.</param>
/// <param name="To">E.164.</param>
/// <param name="Text">The text for this recipient; null: the broadcast's.</param>
/// <param name="Segments">Its billed parts.</param>
/// <param name="Place">See <see cref="Addressee.Place"/>; null in version 1.</param>
/// <param name="Written">See <see cref="Addressee.Written"/>.</param>
/// <param name="Reference">See <see cref="Addressee.Reference"/>.</param>
/// <param name="Data">See <see cref="Addressee.Data"/>.</param>
/// <param name="Copy">See <see cref="Addressee.Copy"/>.</param>
/// <param name="Erased">The row key of what is left of an erased person; null: they are not.</param>
/// <param name="Shard">Its partition within the broadcast.</param>
/// <param name="Country">The country that was billed for them.</param>
internal sealed record RecipientLine(
    int V,
    string To,
    string? Text = null,
    int Segments = 0,
    int? Place = null,
    string? Written = null,
    string? Reference = null,
    string? Data = null,
    int Copy = 0,
    string? Erased = null,
    int Shard = 0,
    string? Country = null);

[JsonSerializable(typeof(RecipientLine))]
internal sealed partial class RecipientLineJson : JsonSerializerContext
{
    public static RecipientLineJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    });
}
