using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BulkSms.Messages;

namespace BulkSms.Recipients;

/// <summary>
/// What is kept of a list's recipients beside number and text: the number as written, the caller's reference, the data. Packed as UTF-8, the names of the data once for all
/// recipients that have the same: 100,000 dictionaries would be too much to hold. A recipient of whom nothing is kept costs nothing.
/// </summary>
internal sealed class KeptDetails
{
    /// <summary>Characters of one recipient's data as JSON: a property of a row in storage holds 32,768.</summary>
    public const int MaxDataCharacters = 30_000;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly DataShapes shapes = new();
    private readonly PackedTexts packed = new();

    /// <summary>Whether anything is kept of any recipient.</summary>
    public bool Any => packed.Count > 0;

    /// <summary>The names of the data, each once, in the order of their first use.</summary>
    public IReadOnlyList<string> Columns => shapes.Columns;

    /// <summary>Why a recipient's data cannot be kept; null: it can.</summary>
    public string? FaultOf(IReadOnlyList<KeyValuePair<string, string>>? data)
    {
        if (data is not { Count: > 0 })
        {
            return null;
        }

        // Quotation marks, colon and comma; what is escaped is counted when it may matter.
        var length = data.Sum(each => each.Key.Length + each.Value.Length + 6);
        if (length > MaxDataCharacters / 6 && Json(DataShapes.Unique(data), data.Select(each => each.Value)).Length > MaxDataCharacters)
        {
            return $"has more than {MaxDataCharacters} characters of data: leave out what the message does not need";
        }

        return shapes.FaultOf(data);
    }

    /// <summary>Keeps what there is of the recipient of an index; of those before it that were not added nothing is kept.</summary>
    public void Add(int index, string? written, string? reference, IReadOnlyList<KeyValuePair<string, string>>? data)
    {
        if (written is null && reference is null && data is not { Count: > 0 })
        {
            return;
        }

        while (packed.Count < index)
        {
            packed.Add([]);
        }

        buffer.ResetWrittenCount();
        Write(written);
        Write(reference);
        WriteNumber(data is { Count: > 0 } ? shapes.IndexOf(data) + 1 : 0);
        foreach (var (_, value) in data ?? [])
        {
            Write(value);
        }

        packed.Add(buffer.WrittenSpan);
    }

    /// <summary>The number as it was written; null: as it is sent to.</summary>
    public string? WrittenAt(int index)
    {
        var bytes = BytesAt(index);
        return bytes.IsEmpty ? null : Read(ref bytes);
    }

    /// <summary>What is kept of a recipient: the number as written, the reference, and the data as JSON.</summary>
    public (string? Written, string? Reference, string? Data) At(int index)
    {
        var (written, reference, shape, values) = PartsAt(index);
        return (written, reference, shape is null ? null : Json(shape.Names, values));
    }

    /// <summary>The same in parts: the values are those of the shape's names.</summary>
    public (string? Written, string? Reference, DataShapes.Shape? Shape, string[] Values) PartsAt(int index)
    {
        var bytes = BytesAt(index);
        if (bytes.IsEmpty)
        {
            return (null, null, null, []);
        }

        var (written, reference, shape) = (Read(ref bytes), Read(ref bytes), ReadNumber(ref bytes));
        if (shape == 0)
        {
            return (written, reference, null, []);
        }

        var values = new string[shapes[shape - 1].Names.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Read(ref bytes) ?? "";
        }

        return (written, reference, shapes[shape - 1], values);
    }

    private ReadOnlySpan<byte> BytesAt(int index) => index < packed.Count ? packed[index] : [];

    private static string Json(IEnumerable<string> names, IEnumerable<string> values)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, Relaxed))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in names.Zip(values))
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    // A text is its length and one, and then its bytes; zero is none.
    private void Write(string? text)
    {
        if (text is null)
        {
            WriteNumber(0);
            return;
        }

        WriteNumber(Encoding.UTF8.GetByteCount(text) + 1);
        Encoding.UTF8.GetBytes(text, buffer);
    }

    private static string? Read(ref ReadOnlySpan<byte> bytes)
    {
        var length = ReadNumber(ref bytes) - 1;
        if (length < 0)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes[..length]);
        bytes = bytes[length..];
        return text;
    }

    // One byte up to 254, which most are; else 255 and four more.
    private void WriteNumber(int number)
    {
        var span = buffer.GetSpan(5);
        if (number < byte.MaxValue)
        {
            span[0] = (byte)number;
            buffer.Advance(1);
            return;
        }

        span[0] = byte.MaxValue;
        BinaryPrimitives.WriteInt32LittleEndian(span[1..], number);
        buffer.Advance(5);
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] < byte.MaxValue)
        {
            var small = bytes[0];
            bytes = bytes[1..];
            return small;
        }

        var number = BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]);
        bytes = bytes[5..];
        return number;
    }
}
